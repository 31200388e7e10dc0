package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold after every event of a call, whatever happens in it. */
final class Promises {
    /** These do not wait for anything to be heard. */
    private static final Set<HangupReason> IMMEDIATE = EnumSet.of(
            HangupReason.PEER_ABUSE,
            HangupReason.INTERNAL_ERROR,
            HangupReason.OPERATOR,
            HangupReason.SHUTDOWN,
            HangupReason.MAX_DURATION,
            HangupReason.VOICEMAIL,
            HangupReason.NO_START,
            HangupReason.STREAM_REPLACED);

    private final VirtualCall call;
    private final Set<String> announced = new HashSet<>();
    private final Map<Integer, Integer> begunAt = new HashMap<>();
    private Phase phase = Phase.AWAITING_START;
    private int events;
    private int lastSpeechAt;
    private int deadlinesInARow;
    private long deadlineNs;
    private boolean known;

    Promises(VirtualCall call) {
        this.call = call;
    }

    void before(CallEvent event) {
        events++;
        known = call.hangups().isEmpty();
        if (event.type() == EventType.SPEECH_STARTED) {
            lastSpeechAt = events;
        }
        boolean created = event.type() == EventType.RESPONSE_CREATED && call.machine.phase() == Phase.TALKING;
        if (created && announced.add(event.responseId())) {
            begunAt.put(announced.size(), events);
        }
    }

    void after(CallEvent event) {
        phaseMovesForward();
        hungUpAtMostOnce();
        deadlinesDoNotSpin(event);
        if (known && !call.hangups().isEmpty()) {
            hungUpOnlyWhenItMay();
        }
        if (call.machine.phase() == Phase.CLOSED) {
            check(call.machine.nextDeadlineNs() == Deadlines.NEVER, "a deadline after the end");
            check(call.lane.releases == 1, "closed and not released once");
            recordAddsUp();
        }
    }

    private void recordAddsUp() {
        CallRecord record = call.machine.record(call.latch.reason());
        for (CallRecord.Utterance response : record.responses()) {
            long heardBytes = 0;
            for (CallRecord.Item item : response.items()) {
                heardBytes += item.heardBytes();
                check(item.heardBytes() <= item.generatedBytes(), "more of an item heard than generated");
            }
            check(heardBytes == response.heardBytes(), "a response heard that is not its items");
            check(heardBytes <= response.sentBytes(), "more heard than sent");
            check(response.sentBytes() <= response.generatedBytes(), "more sent than generated");
        }
        CallRecord.Goodbye goodbye = record.goodbye();
        if (goodbye != null && goodbye.drain() == Drain.MARK && goodbye.response() > 0) {
            check(goodbye.cutOffBytes() == 0, "a receipt of a goodbye that was cut");
            check(goodbye.mark().echoedNs() != CallRecord.NEVER, "a receipt without an echo");
        }
    }

    private void phaseMovesForward() {
        check(call.machine.phase().compareTo(phase) >= 0, "the phase moved back");
        phase = call.machine.phase();
    }

    private void hungUpAtMostOnce() {
        check(call.hangups().size() <= 1, "hung up twice");
        check(call.lane.executed.size() <= 1, "executed twice");
    }

    private void deadlinesDoNotSpin(CallEvent event) {
        if (event.type() != EventType.DEADLINE_PASSED || deadlineNs != call.nowNs()) {
            deadlinesInARow = 0;
        }
        deadlineNs = call.nowNs();
        check(++deadlinesInARow < 10, "deadlines spin");
    }

    private void hungUpOnlyWhenItMay() {
        HangupReason reason = call.latch.reason();
        int response = call.latch.response();
        if (call.lane.drain == null) {
            check(IMMEDIATE.contains(reason), "hung up without waiting");
            return;
        }
        if (response > 0 && reason.yieldsToCaller()) {
            check(begunAt.get(response) > lastSpeechAt, "the caller had spoken over it");
        }
        boolean excused = call.lane.drain == Drain.TIMEOUT && call.carrier.misbehaved;
        if (!excused && call.settings.drain() == DrainPolicy.PLAYBACK) {
            long unheard = call.lane.unheardBytes(response);
            check(unheard == 0, "hung up before it was heard: bytes=" + unheard);
        }
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            assertThat(what + "\n" + call + "\n" + call.lane.log).isNull();
        }
    }
}
