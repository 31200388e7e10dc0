package io.ringdown.engine.lane;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A lane in virtual time, with telephones and models that remember. Nothing runs but what a test runs. */
final class LaneRig {
    static final LaneSettings SMALL = new LaneSettings(256, 4, 256, 64, 16_000, 80_000);

    final List<HangupCommand> hangups = new ArrayList<>();
    final List<LaneCall> calls = new ArrayList<>();
    final Lane lane;
    CallSettings.Times times = CallSettings.Times.defaults();
    long nowNs = TimeUnit.DAYS.toNanos(3);
    int wakeups;
    RuntimeException hangupFailure;

    LaneRig() {
        this(SMALL);
    }

    LaneRig(LaneSettings settings) {
        lane = new Lane("lane-0", settings, () -> nowNs, this::take, () -> wakeups++);
    }

    private boolean take(HangupCommand command) {
        if (hangupFailure != null) {
            throw hangupFailure;
        }
        return hangups.add(command);
    }

    CallSettings settings() {
        return new CallSettings(
                "default",
                DrainPolicy.PLAYBACK,
                false,
                false,
                new GoodbyeMatcher(GoodbyePhrases.defaults()),
                new VoicemailMatcher(VoicemailMatcher.defaultPhrases()),
                Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                times);
    }

    /** A call whose carrier is connected, or null when the lane is full. */
    LaneCall connect() {
        LaneCall call = new LaneCall(this);
        call.port = lane.open(settings(), port -> new Legs(call.carrier, call.model), call.summaries::add);
        if (call.port == null) {
            return null;
        }
        calls.add(call);
        return call;
    }

    /** A call in which both sides can speak. */
    LaneCall talk() {
        LaneCall call = connect();
        call.starts();
        call.sessionOpens();
        return call;
    }

    /** Time passes: echoes come back when they are heard, and the lane runs when it must. */
    void runMs(long ms) {
        long endNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
        turn();
        while (nowNs < endNs) {
            long nextNs = Math.min(endNs, lane.nextDeadlineNs());
            for (LaneCall call : calls) {
                nextNs = Math.min(nextNs, call.nextEchoNs());
            }
            nowNs = Math.max(nowNs, nextNs);
            turn();
        }
    }

    /** Runs the lane until it has nothing to do now. */
    void turn() {
        calls.forEach(LaneCall::echo);
        do {
            lane.doWork();
        } while (lane.hasWork());
    }

    /** Frames of all pools that nobody has given back. */
    int lent() {
        return LaneInspection.lentFrames(lane);
    }
}
