package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsTest {
    private static final String TWO = """
            limits: {max_duration_s: 300, lead_ms: 500}
            model: {name: gpt-realtime-2}
            agent:
              voice: cedar
              language: he
              vad: {threshold: 0.7}
              max_calls: 50
            agents:
              sales:
                called: [+15550001, "+15550002"]
                instructions: Sell.
                greeting: ""
                goodbye_phrases: [ta-ta]
                max_calls: 5
                model: gpt-realtime-mini
                vad: {silence_duration_ms: 900}
                limits: {max_duration_s: 120, max_tool_calls: 3}
              support:
            """;

    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    @Test
    void shouldHaveOneAgentUnlessToldOtherwise() {
        Settings settings = given().load();

        assertThat(settings.agents()).containsOnlyKeys("default");
        assertThat(settings.agent().name()).isEqualTo("default");
        assertThat(settings.agent().called()).isEmpty();
        assertThat(settings.agent().maxCalls()).isEmpty();
        assertThat(settings.agent().model()).isEqualTo("gpt-realtime");
        assertThat(settings.agent().limits()).isEqualTo(settings.limits());
    }

    @Test
    void shouldGiveAnAgentItsOwnAndElseWhatTheDefaultHas() {
        Map<String, Agent> agents = given().yaml(TWO).load().agents();

        assertThat(agents.keySet()).containsExactly("default", "sales", "support");
        Agent sales = agents.get("sales");
        assertThat(sales.name()).isEqualTo("sales");
        assertThat(sales.called()).containsExactly("+15550001", "+15550002");
        assertThat(sales.instructions()).isEqualTo("Sell.");
        assertThat(sales.greeting()).isEmpty();
        assertThat(sales.goodbyePhrases()).containsExactly("ta-ta");
        assertThat(sales.maxCalls()).hasValue(5);
        assertThat(sales.model()).isEqualTo("gpt-realtime-mini");
        assertThat(sales.voice()).isEqualTo("cedar");
        assertThat(sales.language()).isEqualTo("he");
        assertThat(sales.vad()).isEqualTo(new Settings.Vad(0.7, 300, 900));
        assertThat(sales.limits().maxDurationS()).isEqualTo(120);
        assertThat(sales.limits().maxToolCalls()).isEqualTo(3);
        assertThat(sales.limits().leadMs()).isEqualTo(500);
    }

    @Test
    void shouldLeaveTheDefaultAndTheOthersAsTheyAre() {
        Map<String, Agent> agents = given().yaml(TWO).load().agents();

        Agent standard = agents.get("default");
        assertThat(standard.limits().maxDurationS()).isEqualTo(300);
        assertThat(standard.model()).isEqualTo("gpt-realtime-2");
        assertThat(standard.greeting()).isPresent();
        Agent support = agents.get("support");
        assertThat(support.name()).isEqualTo("support");
        assertThat(support.instructions()).isEqualTo(standard.instructions());
        assertThat(support.model()).isEqualTo("gpt-realtime-2");
        assertThat(support.limits()).isEqualTo(standard.limits());
        assertThat(support.maxCalls()).hasValue(50);
    }

    @Test
    void shouldTakeForAnAgentEveryKeyOfTheDefault() {
        List<String> keys = Settings.keys().stream()
                .map(Key::path)
                .filter(path -> path.startsWith("agent."))
                .map(path -> path.substring("agent.".length()))
                .toList();

        assertThat(AgentKeys.BY_PATH.keySet()).containsAll(keys);
    }

    @Test
    void shouldLetTheEnvironmentChangeWhatAgentsInherit() {
        Settings settings =
                given().yaml(TWO).with("RINGDOWN_MODEL", "gpt-realtime-3").load();

        assertThat(settings.agents().values().stream().collect(Collectors.toMap(Agent::name, Agent::model)))
                .isEqualTo(
                        Map.of("default", "gpt-realtime-3", "sales", "gpt-realtime-mini", "support", "gpt-realtime-3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "agents: 5                                   | agents: expected keys below it, not a single value",
                "agents: {sales: 5}                          | agents.sales: expected keys below it, not a single value",
                "agents: {default: {voice: cedar}}           | agents.default: the agent of that name is the section agent",
                "agents: {a b: {voice: cedar}}               | agents.a b: not a name of letters, digits, _ and -, at most 64 of them",
                "agents: {a.b: {voice: cedar}}               | agents.\"a.b\": not a name of letters, digits, _ and -, at most 64 of them",
                "agents: {\"\": {voice: cedar}}              | agents.: not a name of letters, digits, _ and -, at most 64 of them",
                "agents: {sales: {voise: cedar}}             | agents.sales.voise: unknown key; did you mean agents.sales.voice?",
                "agents: {sales: {limits: {led_ms: 30}}}     | agents.sales.limits.led_ms: unknown key; did you mean agents.sales.limits.lead_ms?",
                "agents: {sales: {limit: {lead_ms: 30}}}     | agents.sales.limit: unknown key; did you mean agents.sales.limits?",
                "agents: {sales: {limits: 30}}               | agents.sales.limits: expected keys below it, not a single value",
                "agents: {sales: {limits: {lead_ms: 3}}}     | agents.sales.limits.lead_ms: not within 20 to 5000: \"3\"",
                "agents: {sales: {limits: {drain_at_shutdown_s: 3}}} | agents.sales.limits.drain_at_shutdown_s: set for the whole server, not for one agent",
                "agents: {sales: {max_calls: 0}}             | agents.sales.max_calls: not within 1 to 1000000: \"0\"",
                "agents: {sales: {called: +15550001}}        | agents.sales.called: expected a list, not a single value",
                "agents: {sales: {called: [15550001]}}       | agents.sales.called: not a number like +15551234567: \"15550001\"",
                "agents: {sales: {called: [+1 555 0001]}}    | agents.sales.called: not a number like +15551234567: \"+1 555 0001\"",
                "agents: {sales: {called: [+15550001, +15550001]}} | agents.sales.called: +15550001 given twice",
                "agents: {a: {called: [+15550001]}, b: {called: [+15550002, +15550001]}} | agents.b.called: +15550001 is agent a's",
                "agents: {sales: {voice: cedar}, sales: {voice: ash}} | agents.sales: given more than once",
            })
    void shouldSayWhatIsWrongWithAnAgent(String yaml, String problem) {
        assertThat(given().yaml(yaml).problems()).contains("ringdown.yaml: " + problem);
    }

    @Test
    void shouldSayThatAnAgentsModelIsNotUsed() {
        assertThat(given().yaml("agents: {sales: {model: other}}")
                        .with("RINGDOWN_MODEL_URL", "ws://127.0.0.1:9/r?model=this")
                        .problems())
                .containsExactly("ringdown.yaml: agents.sales.model: has no effect: model.url names the model already");
    }

    @Test
    void shouldTakeNoKeyOfANamedAgentForTheDefault() {
        assertThat(given().yaml("agent: {called: [+15550001]}").problems())
                .containsExactly("ringdown.yaml: agent.called: unknown key");
    }
}
