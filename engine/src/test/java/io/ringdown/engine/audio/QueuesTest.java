package io.ringdown.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link OutQueue}, {@link TxQueue} and {@link HeldAudio}: what goes in comes out in order, or goes back to its pool. */
class QueuesTest {
    private final FramePool pool = new FramePool(3_840, 4_096);
    private final OutQueue out = new OutQueue(20_000);
    private final TxQueue tx = new TxQueue();
    private final HeldAudio held = new HeldAudio(1_600);
    private int next;

    @AfterEach
    void shouldGiveEveryFrameBack() {
        out.clear();
        tx.clear();
        held.clear();
        assertThat(pool.lent()).isZero();
        assertThat(out.isEmpty() && tx.isEmpty() && held.isEmpty()).isTrue();
        assertThat(out.bytes()).isZero();
    }

    // out

    @Test
    void shouldJoinOnlyWhatCarriesOnTheSameAudio() {
        out.offer(audio(160, 1, 1, 1));
        out.offer(audio(160, 1, 1, 1));
        out.offer(audio(160, 1, 2, 1));
        out.offer(audio(160, 2, 2, 1));
        out.offer(audio(160, 2, 2, 2));
        out.offer(mark(7));
        out.offer(audio(160, 2, 2, 2));

        assertThat(lengths()).containsExactly(320, 160, 160, 160, 0, 160);
    }

    @Test
    void shouldNotJoinBehindWhatWasTaken() {
        out.offer(audio(160, 1, 1, 1));
        Frame taken = out.poll();
        out.offer(audio(160, 1, 1, 1));

        assertThat(taken.audioBytes()).isEqualTo(160);
        assertThat(out.bytes()).isEqualTo(160);
        taken.release();
    }

    @Test
    void shouldFillAFrameAndNoMore() {
        for (int i = 0; i < 36; i++) {
            out.offer(audio(240, 1, 1, 1));
        }

        assertThat(lengths()).containsExactly(2_880, 2_880, 2_880);
    }

    @Test
    void shouldLeaveLongPaddedAudioAsItCame() {
        out.offer(audio(800, 1, 1, 1));
        out.offer(audio(800, 1, 1, 1));
        out.offer(audio(100, 1, 1, 1));

        assertThat(lengths()).containsExactly(800, 900);
    }

    @Test
    void shouldKeepEveryByteWhateverTheLengths() {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        for (int bytes = 1; bytes < 190; bytes++) {
            Frame frame = audio(bytes, 1, 1, 1);
            in.writeBytes(decoded(frame));
            out.offer(frame);
        }
        ByteArrayOutputStream through = new ByteArrayOutputStream();
        for (Frame frame = out.poll(); frame != null; frame = out.poll()) {
            through.writeBytes(decoded(frame));
            frame.release();
        }

        assertThat(through.toByteArray()).isEqualTo(in.toByteArray());
    }

    @Test
    void shouldHaveNoRoomBeyondItsBytes() {
        for (int i = 0; i < 10; i++) {
            assertThat(out.hasRoom(2_000)).isTrue();
            out.offer(audio(2_000, 1, 1, 1));
        }

        assertThat(out.hasRoom(1)).isFalse();
    }

    @Test
    void shouldKeepRoomForMarksWhenEntriesRunOut() {
        int offered = 0;
        while (out.hasRoom(1)) {
            out.offer(audio(1, ++offered, 1, 1));
        }

        assertThat(offered).isEqualTo(960);
        for (int i = 0; i < 64; i++) {
            assertThat(out.offer(mark(i + 1))).isTrue();
        }
        Frame oneTooMany = mark(99);
        assertThat(out.offer(oneTooMany)).isFalse();
        oneTooMany.release();
    }

    @Test
    void shouldDiscardOneResponseAndLeaveMarksAndOthers() {
        out.offer(audio(1_000, 1, 1, 1));
        out.offer(mark(1));
        out.offer(audio(2_000, 2, 2, 1));
        out.offer(audio(2_000, 1, 1, 1));
        out.offer(mark(2));

        assertThat(out.discard(1)).isEqualTo(3_000);
        assertThat(out.discard(1)).isZero();
        assertThat(out.bytes()).isEqualTo(2_000);
        assertThat(lengths()).containsExactly(0, 2_000, 0);
    }

    @Test
    void shouldNotJoinToWhatWasDiscarded() {
        out.offer(audio(160, 1, 1, 1));
        out.discard(1);
        out.offer(audio(160, 1, 1, 1));

        assertThat(lengths()).containsExactly(160);
    }

    @Test
    void shouldNameTheFirstResponseThatWaits() {
        assertThat(out.firstResponse()).isZero();
        out.offer(mark(1));
        out.offer(audio(10, 0, 1, 1));
        assertThat(out.firstResponse()).isZero();
        out.offer(audio(10, 3, 1, 1));
        out.offer(audio(10, 4, 1, 1));

        assertThat(out.firstResponse()).isEqualTo(3);
        assertThat(lengths()).containsExactly(0, 10, 10, 10);
    }

    // tx

    @Test
    void shouldSayWhenTxIsFull() {
        int offered = 0;
        while (!tx.isFull()) {
            assertThat(tx.offer(audio(80, 1, 1, 1))).isTrue();
            offered++;
        }
        Frame oneTooMany = audio(80, 1, 1, 1);

        assertThat(offered).isEqualTo(64);
        assertThat(tx.offer(oneTooMany)).isFalse();
        assertThat(tx.clear()).isEqualTo(64 * 80);
        oneTooMany.release();
    }

    // held

    @Test
    void shouldJoinCallerAudioAsFarAsAFrameHoldsIt() {
        FramePool small = new FramePool(1_280, 8);
        byte[] expected = new byte[7 * 160];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i * 31);
        }
        for (int i = 0; i < 7; i++) {
            held.offer(audio(small, 160, 0, 0, 0));
        }

        assertThat(small.lent()).isEqualTo(2);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        for (Frame frame = held.poll(); frame != null; frame = held.poll()) {
            heard.writeBytes(decoded(frame));
            frame.release();
        }
        assertThat(heard.toByteArray()).isEqualTo(expected);
        assertThat(small.lent()).isZero();
    }

    @Test
    void shouldDropTheOldestCallerAudioOnlyWhileTheBoundIsHeldWithoutIt() {
        FramePool small = new FramePool(640, 8); // three of these make a frame
        for (int i = 0; i < 12; i++) {
            assertThat(held.offer(audio(small, 160, 0, 0, 0))).isZero();
        }

        assertThat(held.offer(audio(small, 160, 0, 0, 0))).isEqualTo(480);
        assertThat(held.clear()).isEqualTo(1_600);
    }

    @Test
    void shouldDropTheOldestCallerAudioByEntries() {
        FramePool single = new FramePool(4, 512);
        for (int i = 0; i < 256; i++) {
            assertThat(held.offer(audio(single, 3, 0, 0, 0))).isZero();
        }

        assertThat(held.offer(audio(single, 3, 0, 0, 0))).isEqualTo(3);
        Frame oldest = held.poll();
        assertThat(decoded(oldest)).containsExactly(3 * 31, 4 * 31, 5 * 31);
        oldest.release();
    }

    @Test
    void shouldHoldOneFrameThatIsLongerThanTheBound() {
        assertThat(held.offer(audio(2_000, 0, 0, 0))).isZero();
        assertThat(held.offer(audio(1_599, 0, 0, 0))).isZero();
        assertThat(held.offer(audio(1, 0, 0, 0))).isEqualTo(2_000);
    }

    private Frame audio(int bytes, int response, int part, int generation) {
        return audio(pool, bytes, response, part, generation);
    }

    private Frame audio(FramePool pool, int bytes, int response, int part, int generation) {
        byte[] muLaw = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            muLaw[i] = (byte) (next++ * 31);
        }
        byte[] text = Base64.getEncoder().encode(muLaw);
        Frame frame = pool.acquire();
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, bytes);
        frame.belongsTo(response, part, generation);
        return frame;
    }

    private Frame mark(int mark) {
        Frame frame = pool.acquire();
        frame.marks(mark, 1);
        return frame;
    }

    private static byte[] decoded(Frame frame) {
        return Base64.getDecoder().decode(Arrays.copyOf(frame.text(), frame.textLength()));
    }

    /** Empties {@code out}. */
    private int[] lengths() {
        return java.util.stream.Stream.generate(out::poll)
                .takeWhile(java.util.Objects::nonNull)
                .mapToInt(frame -> {
                    int bytes = frame.audioBytes();
                    frame.release();
                    return bytes;
                })
                .toArray();
    }
}
