package io.ringdown.bridge.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallEnding.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedCallTest {
    private static EndedCall call(Temper temper, Cause cause, int cutOffBytes) {
        return new EndedCall("CA1", temper, new CallEnding(cause, 0, ""), true, cutOffBytes, 0, List.of());
    }

    private static EndedCall hungUp(Temper temper) {
        return call(temper, Cause.COMPLETED_BY_REST, 0);
    }

    @Test
    void shouldFindNothingWrongWithACallThatWasHungUpOnceHoweverManyTriesItTook() {
        assertThat(hungUp(Temper.POLITE).problems(List.of(200))).isEmpty();
        assertThat(hungUp(Temper.POLITE).problems(List.of(500, 0, 200))).isEmpty();
    }

    @Test
    void shouldFindACallThatWasHungUpTwice() {
        assertThat(hungUp(Temper.POLITE).problems(List.of(200, 200)))
                .singleElement()
                .asString()
                .contains("2 times");
        assertThat(hungUp(Temper.POLITE).problems(List.of(200, 500)))
                .singleElement()
                .asString()
                .contains("again");
        assertThat(hungUp(Temper.POLITE).problems(List.of(200, 400)))
                .singleElement()
                .asString()
                .contains("2 times");
    }

    @Test
    void shouldFindACallThatNobodyHungUp() {
        assertThat(call(Temper.POLITE, Cause.SERVER_CLOSED, 0).problems(List.of()))
                .singleElement()
                .asString()
                .startsWith("CA1 (POLITE): never hung up");
        assertThat(call(Temper.POLITE, Cause.CARRIER_CLOSED, 0).problems(List.of()))
                .isNotEmpty();
        assertThat(call(Temper.POLITE, Cause.SERVER_CLOSED, 0).problems(List.of(500, 503, 0)))
                .as("the API failed, and the stream was closed instead")
                .isEmpty();
    }

    @Test
    void shouldLetACallerGoWhoGoes() {
        assertThat(call(Temper.GONE, Cause.CALLER_HUNG_UP, 0).problems(List.of()))
                .isEmpty();
        assertThat(call(Temper.GONE, Cause.CALLER_HUNG_UP, 0).problems(List.of(400)))
                .as("both hung up at the same moment")
                .isEmpty();
        assertThat(call(Temper.POLITE, Cause.CALLER_HUNG_UP, 0).problems(List.of()))
                .isNotEmpty();
    }

    @Test
    void shouldFindAGoodbyeThatWasCutOff() {
        assertThat(call(Temper.POLITE, Cause.COMPLETED_BY_REST, 80).problems(List.of(200)))
                .isNotEmpty();
        assertThat(call(Temper.STUCK, Cause.COMPLETED_BY_REST, 80).problems(List.of(200)))
                .isEmpty();
    }

    @Test
    void shouldFindACallThatWasNotAnswered() {
        assertThat(call(Temper.POLITE, Cause.WEBHOOK_FAILED, 0).problems(List.of()))
                .isNotEmpty();
        assertThat(call(Temper.POLITE, Cause.REJECTED, 0).problems(List.of())).isEmpty();
    }
}
