package io.ringdown.engine.journal;

import io.ringdown.engine.call.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs every call of a journal again. One thread. */
public final class Replay {
    /** More would not be read. */
    private static final int MAX_TOLD = 100;

    /**
     * A call that does not do again what it did.
     *
     * @param callSid null if its {@code start} never came
     */
    public record Difference(String lane, String callSid, String what) {}

    /**
     * What came out.
     *
     * @param complete calls that are there from beginning to end
     * @param cut calls that are there from their beginning and not to their end: alive, or killed
     * @param partial calls of which something before the end is missing
     * @param different calls that did not do the same
     * @param differences the first of them
     * @param damages places from which a segment could not be read on
     */
    public record Report(
            long complete,
            long cut,
            long partial,
            long events,
            long commands,
            long different,
            List<Difference> differences,
            List<String> damages) {}

    private long complete;
    private long cut;
    private long partial;
    private long events;
    private long commands;
    private long different;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();

    private Replay() {}

    /**
     * Replays the journal in {@code directory}.
     *
     * @throws IOException if it cannot be read
     */
    public static Report of(Path directory) throws IOException {
        Replay replay = new Replay();
        for (LaneRun lane : LaneRun.list(directory)) {
            Calls calls = replay.new Calls(lane.name());
            lane.read(calls);
            calls.end();
        }
        return replay.report();
    }

    private Report report() {
        return new Report(complete, cut, partial, events, commands, different, differences, damages);
    }

    /** The calls of a lane of a process. */
    private final class Calls implements JournalListener {
        private final String lane;
        private final Map<Long, Running> running = new HashMap<>();
        private final Set<Long> incomplete = new HashSet<>();

        Calls(String lane) {
            this.lane = lane;
        }

        @Override
        public void entry(Entry entry) {
            if (entry instanceof Entry.Opened opened) {
                running.put(entry.call(), new Running(opened));
                return;
            }
            Running call = running.get(entry.call());
            if (entry instanceof Entry.Gap) {
                partial += incomplete.add(entry.call()) ? 1 : 0;
                if (call != null) {
                    call.finish(lane);
                    running.remove(entry.call());
                }
            } else if (call != null) {
                call.next(entry);
                if (entry instanceof Entry.Commanded command && command.type() == CommandType.RELEASE) {
                    call.finish(lane);
                    running.remove(entry.call());
                    complete++;
                }
            }
        }

        @Override
        public void damaged(Path segment, int offset, String what) {
            damages.add(segment.getFileName() + " at byte " + offset + ": " + what);
        }

        void end() {
            running.values().forEach(call -> call.finish(lane));
            cut += running.size();
        }
    }

    private final class Running {
        private final CallReplay replay;
        private String callSid;

        Running(Entry.Opened opened) {
            replay = new CallReplay(opened, (event, machine) -> {});
        }

        void next(Entry entry) {
            if (entry instanceof Entry.Happened happened && happened.event().type() == EventType.CALL_STARTED) {
                callSid = happened.event().text();
            }
            replay.next(entry);
        }

        void finish(String lane) {
            replay.end();
            events += replay.events();
            commands += replay.commands();
            replay.difference().ifPresent(what -> {
                different++;
                if (differences.size() < MAX_TOLD) {
                    differences.add(new Difference(lane, callSid, what));
                }
            });
        }
    }
}
