package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolNamesTest {
    private final ToolNames names = new ToolNames();

    @Test
    void shouldRememberTheLastFew() {
        for (int i = 0; i <= ToolNames.CAPACITY; i++) {
            names.put("call_" + i, "tool_" + i);
        }

        assertThat(names.of("call_0")).isEmpty();
        assertThat(names.of("call_1")).isEqualTo("tool_1");
        assertThat(names.of("call_" + ToolNames.CAPACITY)).isEqualTo("tool_" + ToolNames.CAPACITY);
    }

    @Test
    void shouldRememberNothingOfAnItemThatIsNoCall() {
        names.put(null, "tool");
        names.put("call", null);

        assertThat(names.of("call")).isEmpty();
    }
}
