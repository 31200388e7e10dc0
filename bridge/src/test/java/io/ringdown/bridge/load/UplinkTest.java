package io.ringdown.bridge.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ten seconds of a caller, a session configured after three of them, an end asked for at the tenth. */
class UplinkTest {
    private static final int FRAMES = 500;
    private static final int SESSION_FRAME = 150;
    private static final long FRAME_NS = 20_000_000;
    private static final byte[] SENT = murmur();

    @Test
    void shouldBeWholeWhenAllArrived() {
        Uplink uplink = of(SENT);
        assertThat(uplink.whole()).isTrue();
        assertThat(uplink.droppedFrames()).isZero();
        assertThat(uplink.latenciesNs()).isNotEmpty().containsOnly(FRAME_NS / 2);
    }

    @Test
    void shouldAllowTheLossOfWhatWasTooOldForTheSession() {
        assertThat(of(from(50)))
                .extracting(Uplink::whole, Uplink::droppedFrames)
                .containsExactly(true, 50);
    }

    @Test
    void shouldNotAllowTheLossOfWhatCouldBeHeld() {
        assertThat(of(from(51)).whole()).isTrue();
        assertThat(of(from(52)).whole()).isFalse();
        assertThat(of(from(140)).whole()).isFalse();
    }

    @Test
    void shouldAllowWhatIsStillUnderWayAtTheEnd() {
        assertThat(of(upTo(FRAMES - 40)).whole()).isTrue();
        assertThat(of(upTo(FRAMES - 60)).whole()).isFalse();
    }

    /** A starved generator, or bridge, is late and loses nothing. */
    @Test
    void shouldNotTakeLatenessForLoss() {
        int late = 150;
        assertThat(of(upTo(FRAMES - late), late).whole()).isTrue();
        assertThat(of(upTo(FRAMES - late - 60), late).whole()).isFalse();
    }

    @Test
    void shouldMissASingleFrame() {
        byte[] received = new byte[SENT.length - Uplink.FRAME_BYTES];
        int hole = 200 * Uplink.FRAME_BYTES;
        System.arraycopy(SENT, 0, received, 0, hole);
        System.arraycopy(SENT, hole + Uplink.FRAME_BYTES, received, hole, received.length - hole);
        assertThat(of(received).whole()).isFalse();
    }

    @Test
    void shouldNoticeTwoFramesInTheWrongOrder() {
        byte[] received = SENT.clone();
        int at = 300 * Uplink.FRAME_BYTES;
        System.arraycopy(SENT, at, received, at + Uplink.FRAME_BYTES, Uplink.FRAME_BYTES);
        System.arraycopy(SENT, at + Uplink.FRAME_BYTES, received, at, Uplink.FRAME_BYTES);
        assertThat(of(received).whole()).isFalse();
    }

    @Test
    void shouldNotTakeNothingForAPrefix() {
        assertThat(of(new byte[0]).whole()).isFalse();
    }

    @Test
    void shouldNotTakeAStrangersVoice() {
        byte[] stranger = SENT.clone();
        for (int i = 0; i < stranger.length; i++) {
            stranger[i] ^= 1;
        }
        assertThat(of(stranger).whole()).isFalse();
    }

    /** Appends of 20 ms, each of which arrives 10 ms after it was sent, or after the session was configured. */
    private static Uplink of(byte[] received) {
        return of(received, 0);
    }

    private static Uplink of(byte[] received, int lateFrames) {
        long[] sentNs = LongStream.range(0, FRAMES).map(i -> i * FRAME_NS).toArray();
        int[] appendedBytes = new int[received.length / Uplink.FRAME_BYTES];
        Arrays.fill(appendedBytes, Uplink.FRAME_BYTES);
        long[] appendedNs = new long[appendedBytes.length];
        Arrays.setAll(appendedNs, i -> (Math.max(i, SESSION_FRAME) + lateFrames) * FRAME_NS + FRAME_NS / 2);
        return Uplink.of(new Uplink.Trace(
                SENT, sentNs, received, appendedBytes, appendedNs, SESSION_FRAME * FRAME_NS, FRAMES * FRAME_NS));
    }

    private static byte[] from(int frame) {
        return Arrays.copyOfRange(SENT, frame * Uplink.FRAME_BYTES, SENT.length);
    }

    private static byte[] upTo(int frame) {
        return Arrays.copyOf(SENT, frame * Uplink.FRAME_BYTES);
    }

    private static byte[] murmur() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] murmur = new byte[FRAMES * Uplink.FRAME_BYTES];
        for (int i = 0; i < murmur.length; i++) {
            murmur[i] = (byte) (0xF8 + random.nextInt(8));
        }
        return murmur;
    }
}
