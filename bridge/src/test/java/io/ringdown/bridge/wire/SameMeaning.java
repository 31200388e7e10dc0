package io.ringdown.bridge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringdown.bridge.wire.Conversation.Heard;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * A decoder means by a document what Jackson means by it, or nothing; it changes no byte of it and does not throw. Each
 * try is a conversation, so that what one document leaves behind is seen in the next.
 */
public abstract class SameMeaning {
    /** Of one decoder; the two make more than a million. */
    public static final int DOCUMENTS = 600_000;

    private static final int CONVERSATION = 50;
    private static final int CHOICES = 64;

    /** Says nothing of itself in reports: what matters is the document, which the error shows. */
    record Tapes(List<byte[]> all) {
        @Override
        public String toString() {
            return all.size() + " documents";
        }
    }

    protected abstract Conversation begin();

    protected abstract Tally tally();

    @Property(
            tries = DOCUMENTS / CONVERSATION,
            seed = "20261123",
            edgeCases = EdgeCasesMode.NONE,
            afterFailure = AfterFailureMode.PREVIOUS_SEED,
            shrinking = ShrinkingMode.OFF)
    void shouldMeanWhatJacksonMeans(@ForAll("tapes") Tapes tapes) {
        Conversation conversation = begin();
        for (byte[] tape : tapes.all()) {
            Heard heard = compared(conversation, conversation.write(new Tape(tape)));
            tally().count(heard);
        }
    }

    /** Throws AssertionError, showing the document, when the two differ. */
    public static Heard compared(Conversation conversation, byte[] document) {
        byte[] before = document.clone();
        Heard heard = read(conversation, document);
        String meaning = conversation.meaning(before);
        if (!heard.meaning().equals(meaning) || !Arrays.equals(document, before)) {
            throw new AssertionError("heard " + heard + ", but Jackson means '" + meaning + "' by " + show(before));
        }
        return heard;
    }

    private static Heard read(Conversation conversation, byte[] document) {
        try {
            return conversation.read(document);
        } catch (RuntimeException thrown) {
            throw new AssertionError("thrown at " + show(document), thrown);
        }
    }

    private static String show(byte[] document) {
        return new String(document, ISO_8859_1);
    }

    @Provide
    Arbitrary<Tapes> tapes() {
        return Arbitraries.bytes()
                .withDistribution(RandomDistribution.uniform())
                .array(byte[].class)
                .ofSize(CHOICES)
                .list()
                .ofSize(CONVERSATION)
                .map(Tapes::new);
    }
}
