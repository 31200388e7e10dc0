package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("listen", "lanes", "limits.lead_ms", "OPENAI_API_KEY");

    @Test
    void shouldForgiveAFewLetters() {
        assertThat(Nearest.to("lisen", KNOWN)).contains("listen");
        assertThat(Nearest.to("Lanez", KNOWN)).contains("lanes");
        assertThat(Nearest.to("limits.leadMs", KNOWN)).contains("limits.lead_ms");
    }

    @Test
    void shouldFindAKeyWithoutItsSection() {
        assertThat(Nearest.to("lead_ms", KNOWN)).contains("limits.lead_ms");
        assertThat(Nearest.to("agent.lead_ms", KNOWN)).contains("limits.lead_ms");
    }

    @Test
    void shouldFindAVariableThatHasNoPrefix() {
        assertThat(Nearest.to("RINGDOWN_OPENAI_API_KEY", KNOWN)).contains("OPENAI_API_KEY");
    }

    @Test
    void shouldNotGuessWildly() {
        assertThat(Nearest.to("colour", KNOWN)).isEmpty();
        assertThat(Nearest.to("listen".repeat(100_000), KNOWN)).isEmpty();
    }
}
