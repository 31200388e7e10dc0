package io.ringdown.bridge.wire;

import java.util.Arrays;
import java.util.Base64;

/** Base64 of some audio: canonical, or careless, or wrong. */
public final class OddAudio {
    private static final int[] USUAL_BYTES = {160, 4, 1, 2, 3, 20, 480};
    private static final int[] ODD_BYTES = {0, 7_999, 8_000, 8_001, 6_150};
    private static final byte[] SOUND = sound();

    private OddAudio() {}

    private static byte[] sound() {
        byte[] sound = new byte[8_001 + 256];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) (i * 31 + i / 256);
        }
        return sound;
    }

    public static String of(Tape tape) {
        boolean odd = tape.oddOneIn(64);
        int bytes = odd ? ODD_BYTES[tape.below(ODD_BYTES.length)] : USUAL_BYTES[tape.below(USUAL_BYTES.length)];
        int from = tape.below(256);
        byte[] audio = Arrays.copyOfRange(SOUND, from, from + bytes);
        String text = Base64.getEncoder().encodeToString(audio);
        return tape.oddOneIn(8) && !text.isEmpty() ? careless(text, tape) : text;
    }

    private static String careless(String text, Tape tape) {
        int at = tape.place(text.length());
        return switch (tape.below(7)) {
            case 0 -> text.replace("=", "");
            case 1 -> text + '=';
            case 2 -> text.substring(0, at) + text.substring(at + 1);
            case 3 -> text.substring(0, at) + tape.of("*", " ", "-", "_", "=", "\u00e9") + text.substring(at + 1);
            case 4 -> text.replace('/', '_').replace('+', '-');
            case 5 -> text.replaceFirst("[A-Za-z0-9+/](=*)$", "f$1");
            default -> text + text;
        };
    }
}
