package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UplinkTraceTest {
    private final List<String> arrived = new ArrayList<>();
    private final UplinkTrace trace = new UplinkTrace((call, number, atNs) -> arrived.add(number + " at " + atNs));

    @Test
    void shouldFindNothingWrongWithFramesInOrder() {
        hear(0);
        hear(1);
        hear(2);
        assertThat(arrived).containsExactly("0 at 0", "1 at 1", "2 at 2");
        assertThat(flaws()).containsOnly(0L);
        assertThat(trace.lost(3)).isZero();
    }

    @Test
    void shouldFindTheFramesInsideOneLargerPiece() {
        trace.hear(joined(frame(0), frame(1), frame(2)), 9);
        assertThat(arrived).containsExactly("0 at 9", "1 at 9", "2 at 9");
    }

    @Test
    void shouldTakeAFrameForArrivedWhenItsLastByteCame() {
        byte[] both = joined(frame(0), frame(1));
        trace.hear(Arrays.copyOfRange(both, 0, 100), 1);
        trace.hear(Arrays.copyOfRange(both, 100, 200), 2);
        trace.hear(Arrays.copyOfRange(both, 200, 320), 3);
        assertThat(arrived).containsExactly("0 at 2", "1 at 3");
        assertThat(flaws()).containsOnly(0L);
    }

    @Test
    void shouldCountAFrameThatNeverCame() {
        hear(0);
        hear(3);
        assertThat(trace.lost(4)).isEqualTo(2);
    }

    @Test
    void shouldCountFramesMissingAtTheEnd() {
        hear(0);
        assertThat(trace.lost(3)).isEqualTo(2);
    }

    @Test
    void shouldNotCallLostWhatCameBeforeTheSession() {
        hear(5);
        hear(6);
        assertThat(trace.before()).isEqualTo(5);
        assertThat(trace.lost(7)).isZero();
    }

    @Test
    void shouldCallALateFrameReorderedAndNotLost() {
        hear(0);
        hear(2);
        hear(1);
        hear(3);
        assertThat(trace.reordered()).isEqualTo(1);
        assertThat(trace.lost(4)).isZero();
        assertThat(arrived).hasSize(4);
    }

    @Test
    void shouldCountAFrameThatCameTwice() {
        hear(0);
        hear(1);
        hear(1);
        assertThat(trace.duplicated()).isEqualTo(1);
        assertThat(trace.frames()).isEqualTo(2);
    }

    @Test
    void shouldNoticeAStrangersFrame() {
        hear(0);
        trace.hear(NumberedFrame.of(2, 1), 1);
        assertThat(trace.foreign()).isEqualTo(1);
        assertThat(trace.lost(2)).isEqualTo(1);
    }

    @Test
    void shouldFindItsFeetAgainBehindATornFrame() {
        hear(0);
        trace.hear(joined(Arrays.copyOf(frame(1), 77), frame(2)), 2);
        assertThat(trace.lost(3)).isEqualTo(1);
        assertThat(trace.strangeBytes() + trace.silentBytes()).isEqualTo(77);
        assertThat(trace.strangeBytes()).isPositive();
    }

    @Test
    void shouldTellSilenceThatTheBridgePutIn() {
        byte[] silence = new byte[160];
        Arrays.fill(silence, (byte) 0xFF);
        trace.hear(joined(frame(0), silence, frame(1)), 1);
        assertThat(trace.silentBytes()).isEqualTo(160);
        assertThat(trace.strangeBytes()).isZero();
        assertThat(trace.lost(2)).isZero();
    }

    private void hear(int number) {
        trace.hear(frame(number), number);
    }

    private static byte[] frame(int number) {
        return NumberedFrame.of(1, number);
    }

    private List<Long> flaws() {
        return List.of(
                trace.reordered(), trace.duplicated(), trace.foreign(), trace.strangeBytes(), trace.silentBytes());
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
