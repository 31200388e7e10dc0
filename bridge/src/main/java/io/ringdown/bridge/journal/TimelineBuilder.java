package io.ringdown.bridge.journal;

import io.ringdown.engine.journal.Entry;
import io.ringdown.engine.journal.LaneRun;
import io.ringdown.engine.journal.WrittenCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes a {@link Timeline}: what is written is listed; what must be known beside it, the call's machine tells when it runs again. */
final class TimelineBuilder {
    /** A process is known to the system a little later than it began. */
    private static final Duration START_SLACK = Duration.ofSeconds(5);

    private TimelineBuilder() {}

    static Timeline build(String callSid, WrittenCall call) {
        Clock clock = new Clock(call.openedNs());
        Moments moments = new Moments(clock);
        Telephone telephone = new Telephone(clock);
        EndOfCall end = new EndOfCall(clock);
        for (Entry entry : call.entries()) {
            if (entry instanceof Entry.Happened happened) {
                clock.tick(happened.nowNs());
            }
            moments.add(entry);
            telephone.add(entry);
            end.add(entry);
        }
        HeardAudio heard = new HeardAudio(clock);
        HangupSubject subject = new HangupSubject(call.entries());
        String difference = call.replay((event, machine) -> {
            heard.handled(event, machine);
            subject.handled(event, machine);
        });
        Conditions conditions = new Conditions(clock, subject.response());
        call.replay(conditions);
        if (difference != null) {
            moments.note("this version would have acted otherwise " + difference);
        }
        boolean live = !call.isOver() && isAlive(call.lane());
        return new Timeline(
                callSid,
                Timeline.instant(call.openedEpochMs()),
                call.agent(),
                call.lane().name(),
                clock.lastMs(),
                live,
                call.isWhole() && (live || call.isOver()),
                end.told(subject, conditions, call.isOver()),
                moments.all(),
                telephone.callerSpeech(),
                heard.spans(),
                telephone.marks(),
                telephone.bargeIns(),
                conditions.told(end.isPolite()));
    }

    /** Whether the process that wrote it still runs: another one may have its number by now. */
    private static boolean isAlive(LaneRun lane) {
        Optional<Instant> started = ProcessHandle.of(lane.pid())
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant());
        return started.isPresent() && started.get().minus(START_SLACK).isBefore(Instant.ofEpochMilli(lane.startedMs()));
    }
}
