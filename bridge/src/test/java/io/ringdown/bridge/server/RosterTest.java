package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.settings.SettingsException;
import io.ringdown.engine.call.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterTest {
    private static final String SALES = "+15550001";
    private static final String NOBODYS = "+15559999";
    private static final String AGENTS = """
            limits: {max_duration_s: 300}
            agents:
              sales:
                called: ["+15550001"]
                language: he
                model: gpt-realtime-mini
                max_calls: 2
                limits: {max_duration_s: 60, max_tool_calls: 3}
              support: {goodbye_phrases: [be well]}
            """;

    @TempDir
    private Path directory;

    private static Roster roster(String yaml) throws IOException {
        Settings settings = SettingsOf.yaml(yaml);
        return Roster.of(settings.drain(), settings.agents().values());
    }

    private static StreamStart start(String callSid, Map<String, String> parameters) {
        return new StreamStart("MZ1", callSid, "AC1", parameters);
    }

    @Test
    void shouldChooseByNameThenByNumberThenTheDefault() throws IOException {
        Roster roster = roster(AGENTS);

        assertThat(roster.find("support", SALES).agent()).isEqualTo("support");
        assertThat(roster.find("default", SALES).agent()).isEqualTo("default");
        assertThat(roster.find(null, SALES).agent()).isEqualTo("sales");
        assertThat(roster.find(null, NOBODYS).agent()).isEqualTo("default");
        assertThat(roster.find(null, null).agent()).isEqualTo("default");
        assertThat(roster.find("nobody", SALES)).isNull();
        assertThat(roster.find("", SALES)).isNull();
    }

    @Test
    void shouldGiveEachAgentsCallsItsOwn() throws IOException {
        Roster roster = roster(AGENTS);
        CallTemplate sales = roster.byName().get("sales");
        CallTemplate support = roster.byName().get("support");

        assertThat(sales.call().agent()).isEqualTo("sales");
        assertThat(sales.call().times().maxDurationNs()).isEqualTo(TimeUnit.SECONDS.toNanos(60));
        assertThat(sales.call().maxToolCalls()).isEqualTo(3);
        assertThat(sales.call().clips().get(Clip.GOODBYE)).isEqualTo(Speech.clip("he", "goodbye"));
        assertThat(sales.session().model()).isEqualTo("gpt-realtime-mini");
        assertThat(sales.maxCalls()).isEqualTo(2);

        assertThat(support.call().times().maxDurationNs()).isEqualTo(TimeUnit.SECONDS.toNanos(300));
        assertThat(support.session().model()).isEqualTo("gpt-realtime");
        assertThat(support.maxCalls()).isEqualTo(Integer.MAX_VALUE);
        assertThat(support.call().goodbyes().modelSaysGoodbye("Be well!")).isTrue();
        assertThat(sales.call().goodbyes().modelSaysGoodbye("Be well!")).isFalse();
    }

    @Test
    void shouldNameTheClipOfAnyAgentThatCannotBeRead() throws IOException {
        Path clip = Files.createFile(directory.resolve("bye.wav"));

        assertThatThrownBy(() -> roster("agents: {sales: {clips: {goodbye: " + clip + "}}}\n"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(clip + ": empty file");
    }

    @Test
    void shouldCountTheCallsThatWereThereBeforeTheRosterChanged() throws IOException {
        Agents agents = new Agents(roster(AGENTS));
        StreamStart first = start("CA1", Map.of("called", SALES));
        StreamStart second = start("CA2", Map.of("agent", "sales"));
        StreamStart third = start("CA3", Map.of("agent", "sales"));
        CallTemplate ofFirst = agents.admit(first).orElseThrow();
        CallTemplate ofSecond = agents.admit(second).orElseThrow();

        agents.replaceBy(roster(AGENTS.replace("max_calls: 2", "max_calls: 1")));
        agents.leave(ofFirst, first);
        assertThat(agents.admit(third)).as("one is left").isEmpty();
        agents.leave(ofSecond, second);
        assertThat(agents.admit(third)).isPresent();
    }

    @Test
    void shouldForgetWhoIsNoLongerThereButForLiveCalls() throws IOException {
        Agents agents = new Agents(roster(AGENTS));
        StreamStart stream = start("CA1", Map.of("agent", "sales"));
        CallTemplate live = agents.admit(stream).orElseThrow();

        agents.replaceBy(roster(""));

        assertThat(agents.agentFor("sales", SALES, "CA2")).isEmpty();
        assertThat(agents.agentFor(null, SALES, "CA2")).contains("default");
        assertThat(agents.refusedAsUnknown()).isEqualTo(1);
        assertThat(live.call().times().maxDurationNs()).isEqualTo(TimeUnit.SECONDS.toNanos(60));
        agents.leave(live, stream);
    }

    @Test
    void shouldBeOpenedAsAtTheServersStart() throws IOException {
        Agents agents = new Agents(roster("limits: {start_timeout_ms: 4000}\n"));

        agents.replaceBy(roster("limits: {start_timeout_ms: 1000}\n"));

        assertThat(agents.untilStart().times().startTimeoutNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(4_000));
    }
}
