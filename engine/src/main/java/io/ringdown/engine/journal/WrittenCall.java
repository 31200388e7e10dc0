package io.ringdown.engine.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * All that a journal says of one call.
 *
 * @param openedEpochMs when its carrier connected, on the wall clock
 * @param entries from the beginning to the end, or to where the journal ends; {@link Entry.Gap}s where something is missing
 */
public record WrittenCall(LaneRun lane, long openedEpochMs, long openedNs, List<Entry> entries) {
    /** Collects a call. */
    static final class Writer implements JournalListener {
        private final long call;
        private final List<Entry> entries = new ArrayList<>();
        private boolean over;

        Writer(long call) {
            this.call = call;
        }

        @Override
        public void entry(Entry entry) {
            if (entry.call() == call) {
                entries.add(entry);
                over |= entry instanceof Entry.Commanded command && command.type() == CommandType.RELEASE;
            }
        }

        @Override
        public void damaged(Path segment, int offset, String what) {
            if (!over) {
                entries.add(new Entry.Gap(call));
            }
        }

        boolean isOver() {
            return over;
        }

        WrittenCall written(LaneRun lane, SegmentHeader header) {
            long openedNs = entries.stream()
                    .map(WrittenCall::nowNs)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(header.nanoTime());
            long sinceHeaderMs = TimeUnit.NANOSECONDS.toMillis(openedNs - header.nanoTime());
            return new WrittenCall(lane, header.epochMs() + sinceHeaderMs, openedNs, List.copyOf(entries));
        }
    }

    private static Long nowNs(Entry entry) {
        if (entry instanceof Entry.Opened opened) {
            return opened.nowNs();
        }
        return entry instanceof Entry.Happened happened ? happened.nowNs() : null;
    }

    /** The beginning, or null if it is not there any more. */
    public Entry.Opened opened() {
        return !entries.isEmpty() && entries.get(0) instanceof Entry.Opened opened ? opened : null;
    }

    /** Whether nothing of it is missing from its beginning on. */
    public boolean isWhole() {
        return opened() != null && entries.stream().noneMatch(Entry.Gap.class::isInstance);
    }

    /** Whether the lane has let go of it. */
    public boolean isOver() {
        return entries.stream()
                .anyMatch(entry -> entry instanceof Entry.Commanded command && command.type() == CommandType.RELEASE);
    }

    /** Who answered, or null if the journal does not tell. */
    public String agent() {
        String agent = opened() == null ? null : opened().settings().agent();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Happened happened && happened.event().settings() != null) {
                agent = happened.event().settings().agent();
            }
        }
        return agent;
    }

    /**
     * Runs its machine again as far as nothing is missing.
     *
     * @return what differs first, or null
     */
    public String replay(CallReplay.Watcher watcher) {
        if (opened() == null) {
            return null;
        }
        CallReplay replay = new CallReplay(opened(), watcher);
        entries.stream().skip(1).forEach(replay::next);
        replay.end();
        return replay.difference().orElse(null);
    }
}
