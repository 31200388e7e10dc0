package io.ringdown.engine.journal;

import io.ringdown.engine.call.EventType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What one lane of one process wrote. Reads beside the writer: what is being written is not seen yet. Any thread.
 *
 * @param name of the lane
 * @param startedMs when the process began its journal, on the wall clock
 * @param segments oldest first
 */
public record LaneRun(String name, long startedMs, long pid, List<Path> segments) {
    /**
     * All that the journal in {@code directory} holds, oldest first.
     *
     * @throws IOException if there is a journal that cannot be listed
     */
    public static List<LaneRun> list(Path directory) throws IOException {
        Path segments = Journal.segments(directory);
        if (!Files.isDirectory(segments)) {
            return List.of();
        }
        Map<LaneRun, List<Path>> runs = new TreeMap<>(Comparator.comparingLong(LaneRun::startedMs)
                .thenComparingLong(LaneRun::pid)
                .thenComparing(LaneRun::name));
        try (Stream<Path> files = Files.list(segments)) {
            files.sorted()
                    .forEach(path -> SegmentName.of(path.getFileName().toString())
                            .ifPresent(name -> runs.computeIfAbsent(run(name), run -> new ArrayList<>())
                                    .add(path)));
        }
        return runs.entrySet().stream()
                .map(run -> new LaneRun(
                        run.getKey().name(),
                        run.getKey().startedMs(),
                        run.getKey().pid(),
                        run.getValue()))
                .toList();
    }

    private static LaneRun run(SegmentName name) {
        return new LaneRun(name.lane(), name.run().startedMs(), name.run().pid(), List.of());
    }

    /** Tells {@code listener} everything, in the order in which it was written. Segments deleted meanwhile are a gap. */
    public void read(JournalListener listener) throws IOException {
        read(listener, 0, segments.size());
    }

    private void read(JournalListener listener, int from, int to) throws IOException {
        read(listener, from, to, () -> false);
    }

    /** Stops behind the segment after which {@code enough} is known. */
    private void read(JournalListener listener, int from, int to, BooleanSupplier enough) throws IOException {
        SegmentReader reader = new SegmentReader(listener);
        int expected = sequence(from);
        for (int i = from; i < to && !enough.getAsBoolean(); i++) {
            if (sequence(i) != expected) {
                reader.hole();
            }
            expected = read(segments.get(i), reader, listener) ? sequence(i) + 1 : 0;
        }
    }

    /** False if what follows has lost its beginning. */
    private static boolean read(Path segment, SegmentReader reader, JournalListener listener) throws IOException {
        try {
            ByteBuffer bytes = bytes(segment);
            if (SegmentHeader.isUnwritten(bytes)) {
                return false; // whoever made it was killed before it was ready
            }
            reader.read(bytes);
            return true;
        } catch (NoSuchFileException deleted) {
            return false;
        } catch (Damage damage) {
            listener.damaged(segment, damage.offset(), damage.getMessage());
            return false;
        }
    }

    /**
     * Everything about the call with that SID, the latest if there were several streams of it; empty if this lane had none.
     *
     * @throws IOException if a segment cannot be read
     */
    public Optional<WrittenCall> find(String callSid) throws IOException {
        byte[] sought = callSid.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (holds(segments.get(i), sought)) {
                int from = Math.max(0, i - 1); // its carrier may have connected before its start came
                Search search = new Search(callSid);
                read(search, from, i + 1);
                if (search.found != 0) {
                    WrittenCall.Writer call = new WrittenCall.Writer(search.found);
                    read(call, from, segments.size(), call::isOver);
                    return Optional.of(call.written(this, SegmentHeader.of(segments.get(i))));
                }
            }
        }
        return Optional.empty();
    }

    /** A SID is written as it is. */
    private static boolean holds(Path segment, byte[] sought) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(segment);
            for (int at = 0; at <= bytes.length - sought.length; at++) {
                if (bytes[at] == sought[0] && Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /** Finds the number of the last call that started with a SID. */
    private static final class Search implements JournalListener {
        private final String callSid;
        private long found;

        Search(String callSid) {
            this.callSid = callSid;
        }

        @Override
        public void entry(Entry entry) {
            if (entry instanceof Entry.Happened happened
                    && happened.event().type() == EventType.CALL_STARTED
                    && callSid.equals(happened.event().text())) {
                found = entry.call();
            }
        }
    }

    private int sequence(int index) {
        return SegmentName.of(segments.get(index).getFileName().toString())
                .map(SegmentName::sequence)
                .orElse(0);
    }

    private static ByteBuffer bytes(Path segment) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(segment)).order(Layout.ORDER);
    }
}
