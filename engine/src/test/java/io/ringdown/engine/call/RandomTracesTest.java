package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomTracesTest {
    private static final int TRACES = 10_000;

    @Test
    @DisplayName("S50 any trace: at most one hangup, never too early, and always an end")
    void shouldKeepEveryPromiseInAnyTrace() {
        Set<HangupReason> seen = EnumSet.noneOf(HangupReason.class);
        for (long seed = 0; seed < TRACES; seed++) {
            try {
                VirtualCall call = new RandomTrace(seed).run();
                call.assertEndsByItself();
                seen.addAll(call.hangups());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
        assertThat(seen)
                .as("the traces reach every way to hang up but the lane's own")
                .contains(
                        HangupReason.OPERATOR,
                        HangupReason.MODEL_LOST,
                        HangupReason.MODEL_QUOTA,
                        HangupReason.MAX_DURATION,
                        HangupReason.END_CALL_TOOL,
                        HangupReason.BOT_GOODBYE_BYE_ONLY,
                        HangupReason.USER_GOODBYE,
                        HangupReason.SILENCE_TIMEOUT);
    }

    @Test
    @DisplayName("S50 and never zero: a goodbye that nobody disturbs is followed at once, whatever the order")
    void shouldHangUpTheMomentTheLastConditionHolds() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            VirtualCall call = VirtualCall.talking();
            call.carrier.echoDelayMs = random.nextInt(300);
            int speechMs = 1 + random.nextInt(4_000);
            call.model.begins("r1");
            call.model.speaks("r1", speechMs);
            long heardMs = call.nowMs() + speechMs + call.carrier.echoDelayMs;
            List<Runnable> ends =
                    new ArrayList<>(List.of(() -> call.model.words("r1", CallScript.BYE), () -> call.model.done("r1")));
            Collections.shuffle(ends, random);
            ends.add(random.nextInt(2), () -> call.model.endsAudio("r1"));
            for (Runnable end : ends) {
                call.runMs(random.nextInt(400));
                end.run();
            }
            long toldMs = call.nowMs();
            call.runMs(10_000);
            call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
            long deadAirMs = call.lane.hungUpNs / VirtualCall.NS_PER_MS - Math.max(heardMs, toldMs);
            // an end that is told after the speech has its mark behind it, and that has yet to come back
            assertThat(deadAirMs).as("seed=%s", seed).isBetween(0L, call.carrier.echoDelayMs);
            call.assertEndsByItself();
        }
    }

    @Test
    void shouldDoTheSameAgainForTheSameTrace() {
        for (long seed = 0; seed < 200; seed++) {
            VirtualCall first = new RandomTrace(seed).run();
            VirtualCall second = new RandomTrace(seed).run();
            assertThat(second.trace).as("seed=" + seed).isEqualTo(first.trace);
            assertThat(second.lane.log).as("seed=" + seed).isEqualTo(first.lane.log);
            assertThat(second.carrier.wire).as("seed=" + seed).isEqualTo(first.carrier.wire);
        }
    }
}
