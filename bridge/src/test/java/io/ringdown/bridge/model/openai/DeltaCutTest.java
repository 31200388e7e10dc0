package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.lane.LaneSettings;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaCutTest {
    private static final int CAPACITY = LaneSettings.DOWNLINK_FRAME_CHARS;
    private static final int SHORTEST_CHARS = Base64Text.length(160);

    @Test
    void shouldLeaveWholeWhatFits() {
        assertThat(pieces(4)).containsExactly(4);
        assertThat(pieces(Base64Text.length(2_000))).containsExactly(2_668);
        assertThat(pieces(CAPACITY)).containsExactly(CAPACITY);
    }

    @Test
    void shouldBalanceTheLastTwoPieces() {
        assertThat(pieces(CAPACITY + 4)).containsExactly(1_924, 1_920);
        assertThat(pieces(CAPACITY * 2)).containsExactly(CAPACITY, CAPACITY);
        assertThat(pieces(CAPACITY * 2 + 4)).containsExactly(CAPACITY, 1_924, 1_920);
        assertThat(pieces(CAPACITY * 3 + 400)).containsExactly(CAPACITY, CAPACITY, 2_120, 2_120);
    }

    @Test
    void shouldCutEverySizeWithinItsBounds() {
        for (int bytes = 1; bytes <= 100_000; bytes++) {
            int chars = Base64Text.length(bytes);
            List<Integer> pieces = pieces(chars);

            int sum = 0;
            for (int i = 0; i < pieces.size(); i++) {
                int piece = pieces.get(i);
                boolean sound = piece % 4 == 0
                        && piece <= CAPACITY
                        && (pieces.size() == 1 || piece >= SHORTEST_CHARS)
                        && (i >= pieces.size() - 2 || piece % Base64Text.CUT_CHARS == 0);
                if (!sound) {
                    throw new AssertionError("bytes=" + bytes + " pieces=" + pieces);
                }
                sum += piece;
            }
            if (sum != chars) {
                throw new AssertionError("bytes=" + bytes + " pieces=" + pieces);
            }
        }
    }

    @Test
    void shouldKeepEveryByteInOrder() {
        Random random = new Random(7);
        for (int bytes = 1; bytes <= 100_000; bytes += bytes < 6_000 ? 1 : 997) {
            byte[] audio = new byte[bytes];
            random.nextBytes(audio);

            assertThat(decodedPieces(audio)).isEqualTo(audio);
        }
    }

    /** The audio of a delta, cut and counted as an inbox would. */
    private static byte[] decodedPieces(byte[] audio) {
        byte[] text = Base64.getEncoder().encode(audio);
        AudioDelta delta = new AudioDelta();
        delta.text(text, 0, text.length);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int from = 0; from < delta.chars(); ) {
            byte[] piece = new byte[DeltaCut.next(delta.chars() - from)];
            delta.copy(from, piece.length, piece);
            byte[] decoded = Base64.getDecoder().decode(piece);
            assertThat(delta.bytes(from, piece.length)).isEqualTo(decoded.length);
            joined.writeBytes(decoded);
            from += piece.length;
        }
        return joined.toByteArray();
    }

    private static List<Integer> pieces(int chars) {
        List<Integer> pieces = new ArrayList<>();
        for (int left = chars; left > 0; left -= pieces.get(pieces.size() - 1)) {
            pieces.add(DeltaCut.next(left));
        }
        return pieces;
    }
}
