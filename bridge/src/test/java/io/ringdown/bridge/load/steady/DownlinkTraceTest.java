package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Responses of 800 bytes, which are 100 ms. */
class DownlinkTraceTest {
    private final List<String> noticed = new ArrayList<>();
    private final byte[] voice = new byte[800];
    private final DownlinkTrace trace = new DownlinkTrace(voice, new DownlinkTrace.Arrivals() {
        @Override
        public void onFirstAudio(long saidNs, long heardNs) {
            noticed.add("first after " + (heardNs - saidNs) / 1_000_000);
        }

        @Override
        public void onUnderrun(long atNs, long pauseNs) {
            noticed.add("underrun of " + pauseNs / 1_000_000);
        }
    });

    DownlinkTraceTest() {
        for (int i = 0; i < voice.length; i++) {
            voice[i] = (byte) i;
        }
    }

    @Test
    void shouldTimeTheFirstAudioOfEachResponse() {
        say(800, 1_000);
        hear(0, 400, 1_003);
        hear(400, 800, 1_010);
        say(800, 9_000);
        hear(0, 800, 9_007);
        assertThat(noticed).containsExactly("first after 3", "first after 7");
        assertThat(trace.lostBytes()).isZero();
        assertThat(trace.wrongBytes()).isZero();
    }

    @Test
    void shouldFindTheBeginningOfAResponseInsideAPiece() {
        say(800, 1_000);
        say(800, 1_000);
        hear(0, 700, 1_001);
        byte[] across = new byte[200];
        System.arraycopy(voice, 700, across, 0, 100);
        System.arraycopy(voice, 0, across, 100, 100);
        trace.hear(across, ns(1_005));
        assertThat(noticed).containsExactly("first after 1", "first after 5");
        assertThat(trace.wrongBytes()).isZero();
    }

    @Test
    void shouldCountAPauseInTheMiddleOfAResponse() {
        say(800, 1_000);
        hear(0, 400, 1_000);
        hear(400, 800, 1_080);
        assertThat(noticed).containsExactly("first after 0", "underrun of 30");
    }

    @Test
    void shouldNotCallTheSilenceBetweenResponsesAnUnderrun() {
        say(800, 0);
        hear(0, 800, 0);
        say(800, 5_000);
        hear(0, 800, 5_000);
        assertThat(noticed).doesNotContain("underrun");
        assertThat(noticed).hasSize(2);
    }

    @Test
    void shouldCountWhatWasSaidAndNeverCame() {
        say(800, 0);
        hear(0, 300, 0);
        assertThat(trace.lostBytes()).isEqualTo(500);
    }

    @Test
    void shouldCountWhatIsOutOfPlace() {
        say(800, 0);
        hear(400, 800, 0);
        assertThat(trace.wrongBytes()).isEqualTo(400);
    }

    @Test
    void shouldCountWhatNobodySaid() {
        hear(0, 160, 0);
        assertThat(trace.wrongBytes()).isEqualTo(160);
        assertThat(trace.lostBytes()).isZero();
        assertThat(noticed).isEmpty();
    }

    private void say(int bytes, long atMs) {
        trace.say(bytes, ns(atMs));
    }

    private void hear(int from, int to, long atMs) {
        trace.hear(Arrays.copyOfRange(voice, from, to), ns(atMs));
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
