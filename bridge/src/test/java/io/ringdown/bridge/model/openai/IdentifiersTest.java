package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    private final Identifiers identifiers = new Identifiers();

    @Test
    void shouldGiveOneStringForEqualIdentifiers() {
        String first = bytes("resp_A");

        assertThat(first).isEqualTo("resp_A");
        assertThat(bytes("resp_A")).isSameAs(first);
        assertThat(identifiers.intern(new StringBuilder("resp_").append('A').toString()))
                .isSameAs(first);
    }

    @Test
    void shouldTellSimilarIdentifiersApart() {
        bytes("resp_A");

        assertThat(bytes("resp_B")).isEqualTo("resp_B");
        assertThat(bytes("Resp_A")).isEqualTo("Resp_A");
        assertThat(bytes("resp_")).isEqualTo("resp_");
        assertThat(bytes("resp_AA")).isEqualTo("resp_AA");
    }

    @Test
    void shouldReadFromTheMiddleOfAText() {
        byte[] text = "xxitem_Ayy".getBytes(StandardCharsets.US_ASCII);

        assertThat(identifiers.intern(text, 2, 6)).isEqualTo("item_A");
    }

    @Test
    void shouldForgetTheOldestFirst() {
        String oldest = bytes("id0");
        String second = bytes("id1");
        for (int i = 2; i <= Identifiers.CAPACITY; i++) {
            bytes("id" + i);
        }

        assertThat(bytes("id1")).isSameAs(second);
        assertThat(bytes("id0")).isEqualTo("id0").isNotSameAs(oldest);
    }

    @Test
    void shouldRefuseWhatIsNoIdentifier() {
        assertThat(identifiers.intern(null)).isNull();
        assertThat(identifiers.intern("")).isNull();
        assertThat(identifiers.intern("a b")).isNull();
        assertThat(identifiers.intern("a\u007f")).isNull();
        assertThat(identifiers.intern("\ud800")).isNull();
        assertThat(identifiers.intern("\u05d0")).isNull();
        assertThat(bytes("a".repeat(Identifiers.MAX_LENGTH))).isNotNull();
        assertThat(bytes("a".repeat(Identifiers.MAX_LENGTH + 1))).isNull();
    }

    private String bytes(String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return identifiers.intern(text, 0, text.length);
    }
}
