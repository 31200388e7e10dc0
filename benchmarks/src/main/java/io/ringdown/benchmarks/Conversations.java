package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import io.ringdown.engine.ring.EventRing;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;

/** Calls on one lane in virtual time, taking turns at being spoken to; their legs do nothing but echo marks when heard. */
final class Conversations {
    private static final int MODEL_BYTES = 2_000;
    private static final int CALLER_BYTES = 160;
    private static final int BYTES_PER_MS = 8;

    /** The model is so many frames ahead, so that audio waits for its time. */
    private static final int AHEAD_FRAMES = 3;

    private final CachedNanoClock clock = new CachedNanoClock();
    private final byte[] modelText = Base64.getEncoder().encode(new byte[MODEL_BYTES]);
    private final byte[] callerText = Base64.getEncoder().encode(new byte[CALLER_BYTES]);
    private final String[] responseIds = {"resp_0", "resp_1", "resp_2", "resp_3", "resp_4", "resp_5", "resp_6", "resp_7"
    };
    private final Lane lane;
    private final CallPort[] ports;
    private final EchoingCarrier[] carriers;
    private final int[] responses;
    private final int[] spokenFrames;
    private final long[] callerMs;
    private long sequence;
    private long modelFrames;
    private long callerFrames;
    private int next;

    Conversations(int calls) {
        this(calls, null);
    }

    /** The same, noted in {@code journal}; null for none. */
    Conversations(int calls, LaneJournal journal) {
        lane = new Lane("lane-0", LaneSettings.forCalls(calls), clock, command -> true, () -> {}, journal);
        ports = new CallPort[calls];
        carriers = new EchoingCarrier[calls];
        responses = new int[calls];
        spokenFrames = new int[calls];
        callerMs = new long[calls];
        for (int call = 0; call < calls; call++) {
            open(call);
        }
    }

    private void open(int call) {
        carriers[call] = new EchoingCarrier(clock);
        ports[call] = lane.open(settings(), port -> new Legs(carriers[call], new SilentModel()), summary -> {
            throw new IllegalStateException("a call ended: reason=" + summary.reason());
        });
        claim(call).callStarted("CA" + call);
        publish(call);
        claim(call).happened(EventType.MODEL_CONNECTED);
        publish(call);
        claim(call).happened(EventType.SESSION_CONFIRMED);
        publish(call);
        lane.doWork();
    }

    /** One frame of the model to the next call, and a turn of the lane. */
    int modelSpeaks(int framesPerResponse) {
        int call = nextCall(MODEL_BYTES);
        echoMarks(call);
        if (spokenFrames[call] == 0) {
            claim(call).responseCreated(responseId(call), ResponsePurpose.TURN);
            publish(call);
        }
        int frames = responses[call] == 0 && spokenFrames[call] == 0 ? AHEAD_FRAMES : 1;
        for (int i = 0; i < frames; i++) {
            delta(call);
        }
        if (++spokenFrames[call] >= framesPerResponse) {
            endResponse(call);
        }
        return lane.doWork();
    }

    private void echoMarks(int call) {
        EchoingCarrier carrier = carriers[call];
        while (carrier.hasEcho()) {
            claim(call).markEchoed(carrier.echoGeneration(), carrier.takeEcho());
            publish(call);
        }
    }

    private void delta(int call) {
        Frame frame = filled(lane.downlinkFrame(ports[call]), modelText, MODEL_BYTES);
        claim(call).audioDelta(responseId(call), "item", 0, frame);
        publish(call);
        modelFrames++;
    }

    private void endResponse(int call) {
        claim(call).audioDone(responseId(call), "item", 0);
        publish(call);
        claim(call).transcriptDone(responseId(call), "item", 0, "Your table is booked for eight.");
        publish(call);
        claim(call).responseDone(responseId(call), ResponseStatus.COMPLETED);
        publish(call);
        spokenFrames[call] = 0;
        responses[call]++;
    }

    /** One frame of the caller of the next call, and a turn of the lane. */
    int callerSpeaks() {
        int call = nextCall(CALLER_BYTES);
        Frame frame = filled(lane.uplinkFrame(), callerText, CALLER_BYTES);
        claim(call).callerAudio(frame, callerMs[call]);
        publish(call);
        callerMs[call] += CALLER_BYTES / BYTES_PER_MS;
        callerFrames++;
        return lane.doWork();
    }

    /** Time goes on so that each call gets its frames in real time. */
    private int nextCall(int bytes) {
        clock.advance(TimeUnit.MILLISECONDS.toNanos(bytes / BYTES_PER_MS) / ports.length);
        next = next + 1 == ports.length ? 0 : next + 1;
        return next;
    }

    private String responseId(int call) {
        return responseIds[responses[call] & 7];
    }

    private static Frame filled(Frame frame, byte[] text, int bytes) {
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, bytes);
        return frame;
    }

    private CallEvent claim(int call) {
        sequence = ports[call].claim();
        if (sequence == EventRing.FULL) {
            throw new IllegalStateException("the ring is full");
        }
        return ports[call].slot(sequence);
    }

    private void publish(int call) {
        ports[call].publish(sequence);
    }

    /** That the work was done: a fast failure must not win. */
    void check() {
        long waitingFrames = modelFrames - lane.counters().get(LaneCounter.DOWNLINK_SENT_BYTES) / MODEL_BYTES;
        long lostFrames = callerFrames - lane.counters().get(LaneCounter.UPLINK_FORWARDED_BYTES) / CALLER_BYTES;
        if (waitingFrames > (long) AHEAD_FRAMES * ports.length || lostFrames != 0 || lane.calls() != ports.length) {
            throw new IllegalStateException("frames did not arrive: waiting=" + waitingFrames + " lost=" + lostFrames);
        }
    }

    /** Calls that outlast any benchmark. */
    static CallSettings settings() {
        CallSettings.Times times = CallSettings.Times.defaults();
        long longNs = TimeUnit.DAYS.toNanos(10_000);
        return new CallSettings(
                "default",
                DrainPolicy.PLAYBACK,
                false,
                false,
                new GoodbyeMatcher(GoodbyePhrases.defaults()),
                new VoicemailMatcher(List.of()),
                Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                new CallSettings.Times(
                        times.leadNs(),
                        times.markSlackNs(),
                        times.responseDoneWaitNs(),
                        times.carrierStallNs(),
                        longNs,
                        longNs,
                        longNs,
                        times.startTimeoutNs(),
                        times.modelConnectTimeoutNs(),
                        times.sessionTimeoutNs(),
                        times.goodbyeAnswerTimeoutNs(),
                        times.cancelledGoodbyeTimeoutNs(),
                        times.toolTimeoutNs(),
                        times.voicemailWindowNs()));
    }
}
