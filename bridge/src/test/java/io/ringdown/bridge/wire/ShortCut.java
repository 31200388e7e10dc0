package io.ringdown.bridge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What decoders were seen to do to be quick, put before one that does not. */
public record ShortCut(Conversation decoder, UnaryOperator<byte[]> taken) implements Conversation {

    /** Takes a backslash for a letter like any other. */
    public static Conversation blindToEscapes(Conversation decoder) {
        return new ShortCut(
                decoder,
                document -> new String(document, ISO_8859_1).replace('\\', 'x').getBytes(ISO_8859_1));
    }

    /** Reads as far as the last brace and forgives what follows. */
    public static Conversation blindToWhatFollows(Conversation decoder) {
        return new ShortCut(
                decoder, document -> Arrays.copyOf(document, new String(document, ISO_8859_1).lastIndexOf('}') + 1));
    }

    @Override
    public byte[] write(Tape tape) {
        return decoder.write(tape);
    }

    @Override
    public String meaning(byte[] document) {
        return decoder.meaning(document);
    }

    @Override
    public Heard read(byte[] document) {
        return decoder.read(taken.apply(document));
    }
}
