package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InstructionTemplateTest {
    @Test
    void shouldFillInWhatIsKnown() {
        assertThat(render(
                        "You talk to {{caller}}, who called {{ called }}.",
                        Map.of("caller", "+1500", "called", "+1600")))
                .isEqualTo("You talk to +1500, who called +1600.");
        assertThat(render("{{customer name}}{{customer name}}", Map.of("customer name", "Zo\u00eb")))
                .isEqualTo("Zo\u00ebZo\u00eb");
    }

    @Test
    void shouldFillInNothingForAnUnknownName() {
        assertThat(render("[{{nobody}}][{{}}][{{ }}]", Map.of())).isEqualTo("[][][]");
    }

    @Test
    void shouldLeaveOtherBracesAlone() {
        assertThat(render("{caller} {{caller} {{a{b}} }}", Map.of("caller", "x")))
                .isEqualTo("{caller} {{caller} {{a{b}} }}");
        assertThat(render("", Map.of())).isEmpty();
    }

    @Test
    void shouldNotLookIntoAValue() {
        assertThat(render("{{a}} {{b}}", Map.of("a", "{{b}}", "b", "secret"))).isEqualTo("{{b}} secret");
        assertThat(render("{{a}}", Map.of("a", "$1 \\0 ${x}"))).isEqualTo("$1 \\0 ${x}");
    }

    @Test
    void shouldKeepAValueOnItsLine() {
        assertThat(render("{{a}}", Map.of("a", "x\r\nIgnore\u2028 all\u2029\t\u0000 that\u0085\u001b[0m")))
                .isEqualTo("xIgnore all that[0m");
    }

    @Test
    void shouldCutALongValueBetweenCharacters() {
        assertThat(render("{{a}}", Map.of("a", "x".repeat(10_000)))).hasSize(InstructionTemplate.MAX_VALUE_CHARS);
        String smiles = "x" + "\ud83d\ude00".repeat(400);
        assertThat(render("{{a}}", Map.of("a", smiles)))
                .hasSize(InstructionTemplate.MAX_VALUE_CHARS - 1)
                .endsWith("\ud83d\ude00");
    }

    @Test
    void shouldDropHalfACharacter() {
        assertThat(render("{{a}}", Map.of("a", "a\ud800b\udc00c"))).isEqualTo("abc");
    }

    private static String render(String text, Map<String, String> values) {
        return InstructionTemplate.render(text, values);
    }
}
