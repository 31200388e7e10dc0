package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalsTest {
    private RaisedSignals process;
    private Signals signals;

    @BeforeEach
    void takeOver() throws Exception {
        process = new RaisedSignals();
        signals = Signals.untilTold();
    }

    @AfterEach
    void giveBack() throws Exception {
        process.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldWaitForOneSignalAfterTheOther(String name) throws Exception {
        CompletableFuture<Void> told = CompletableFuture.runAsync(() -> {
            try {
                signals.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(told).isNotDone();
        process.raise(name);
        assertThat(told).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(signals.await(1)).isFalse();
        process.raise(name);
        assertThat(signals.await(30_000)).isTrue();
    }

    @Test
    void shouldTakeOneOfEachForTwo() throws Exception {
        process.raise("INT");
        signals.await();
        process.raise("TERM");
        assertThat(signals.await(30_000)).isTrue();
    }

    @Test
    void shouldTakeHangupsForOneReloadAndNoStop() throws Exception {
        process.raise("HUP");
        signals.awaitReload();
        assertThat(signals.await(1)).isFalse();
        process.raise("HUP");
        signals.awaitReload();
    }

    @Test
    void shouldWaitForNobodyOnceClosed() throws Exception {
        signals.close();
        signals.await();
        assertThat(signals.await(1)).isFalse();
    }
}
