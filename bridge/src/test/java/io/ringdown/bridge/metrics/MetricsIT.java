package io.ringdown.bridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.Echo;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server after four known calls: what its scrape says, and that all who read scrapes ask for what is there. */
class MetricsIT {
    private static final Path OPERATIONS = Path.of("..", "docs", "operations");
    private static final int LONGEST_S = 300;

    /** What another JVM may not have. */
    private static final Pattern DEPENDS = Pattern.compile("^(?!ringdown_)");

    /** Late neighbours must change nothing here but the one bound that a call runs into. */
    private static final String SETTINGS = "journal_dir: \"%s\"\n" + "agent: {greeting_protection: false}\n"
            + "limits: {mark_slack_ms: 1000, response_done_wait_ms: 4000, model_connect_timeout_ms: 30000,"
            + " session_timeout_ms: 30000, start_timeout_ms: 30000, late_ms: 60000}\n";

    private static final ModelScript GOODBYE = ModelScript.script().greeting(saying("goodbye"));
    private static final ModelScript LONG_GOODBYE = ModelScript.script()
            .greeting(saying("long_goodbye"))
            .turn("one more thing please", saying("correction"))
            .turn("that is all", saying("goodbye"));

    private static final Queue<ModelScript> scripts = new ConcurrentLinkedQueue<>();
    private static Testbed testbed;
    private static Scrape scrape;

    @BeforeAll
    static void playFourCalls(@TempDir Path journal) throws Exception {
        testbed = Testbed.start(any -> scripts.remove(), SETTINGS.formatted(journal));
        play(GOODBYE, plan -> plan);
        play(GOODBYE, plan -> plan.withEchoes(due -> Echo.LOST));
        play(
                LONG_GOODBYE,
                plan -> plan.withScript(CallerScript.SILENT
                        .whileHearing(1_500, say("interruption"))
                        .afterHearing(300, say("thanks"))));
        play(GOODBYE, plan -> plan.withScript(CallerScript.SILENT.whileHearing(100, CallerAction.hangUp())));
        System.gc(); // what the collector is said to do is said when it has done it
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            scrape = scrape();
            assertThat(scrape.sum("ringdown_hangups_total")).isEqualTo(3);
            assertThat(scrape.sum("ringdown_lane_calls_left_total")).isEqualTo(1);
            assertThat(scrape.types()).containsKey("jvm_gc_pause_seconds");
        });
    }

    @AfterAll
    static void stop() {
        testbed.close();
    }

    private static void play(ModelScript script, UnaryOperator<CallPlan> how) throws Exception {
        scripts.add(script);
        testbed.carrier()
                .place(how.apply(CallPlan.via(testbed.route())))
                .ending()
                .get(LONGEST_S, TimeUnit.SECONDS);
    }

    private static Reply saying(String line) {
        return Reply.saying(Speech.line(line).text(), Speech.line(line).muLaw());
    }

    private static CallerAction say(String line) {
        return CallerAction.say(
                io.ringdown.bridge.simulator.carrier.Speech.of(Speech.line(line).muLaw()));
    }

    private static Scrape scrape() throws Exception {
        URI metrics = URI.create(
                "http://127.0.0.1:" + testbed.server().operationsAddress().getPort() + "/metrics");
        return new Scrape(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body());
    }

    // what the calls left

    @Test
    void shouldCountEachHangupOnceWithItsReasonAndItsDrain() {
        assertThat(scrape.sum("ringdown_hangups_total", "reason=\"bot_goodbye_bye_only\",drain=\"mark\""))
                .isEqualTo(2);
        assertThat(scrape.sum("ringdown_hangups_total", "reason=\"bot_goodbye_bye_only\",drain=\"timeout\""))
                .isEqualTo(1);
        assertThat(scrape.sum("ringdown_rest_hangups_confirmed_total")).isEqualTo(3);
        assertThat(scrape.sum("ringdown_rest_hangups_failed_total")).isZero();
        assertThat(scrape.sum("ringdown_rest_requests_total", "answer=\"2xx\"")).isEqualTo(3);
        assertThat(scrape.sum("ringdown_rest_request_seconds_count")).isEqualTo(3);
        assertThat(scrape.sum("ringdown_rest_request_seconds_sum")).isPositive();
    }

    @Test
    void shouldSayWhatWasHeardOfTheGoodbyes() {
        assertThat(scrape.sum("ringdown_goodbyes_total", "heard=\"confirmed\"")).isEqualTo(2);
        assertThat(scrape.sum("ringdown_goodbyes_total", "heard=\"reckoned\"")).isEqualTo(1);
        assertThat(scrape.sum("ringdown_goodbyes_total", "heard=\"cut_off\"")).isZero();
        assertThat(scrape.sum("ringdown_lane_cut_off_bytes_total")).isZero();
    }

    @Test
    void shouldCountTheDeadAirOfEachHangupOnce() {
        assertThat(scrape.sum("ringdown_dead_air_seconds_count")).isEqualTo(3);
        assertThat(scrape.sum("ringdown_dead_air_seconds_bucket", "le=\"+Inf\""))
                .isEqualTo(3);
        assertThat(scrape.sum("ringdown_dead_air_seconds_sum"))
                .as("the lost echo was waited for")
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldTimeEveryBargeIn() {
        double bargeIns = scrape.sum("ringdown_lane_barge_ins_total");
        assertThat(bargeIns).as("a late caller may fall into the next word too").isBetween(1.0, 2.0);
        assertThat(scrape.sum("ringdown_barge_in_clear_seconds_count")).isEqualTo(bargeIns);
        assertThat(scrape.sum("ringdown_audio_dropped_bytes_total", "reason=\"barge_in\""))
                .isPositive();
    }

    @Test
    void shouldTimeAudioOnItsWayAndTurns() {
        double forwarded = scrape.sum("ringdown_lane_uplink_forwarded_bytes_total");
        double timed = scrape.sum("ringdown_uplink_latency_seconds_count");
        assertThat(timed).as("one frame of 160 bytes in 16").isBetween(1.0, forwarded / 160 / 16 + 4);
        assertThat(scrape.sum("ringdown_downlink_latency_seconds_count")).isPositive();
        assertThat(scrape.sum("ringdown_lane_turn_seconds_count")).isPositive();
        assertThat(scrape.sum("ringdown_lane_turn_seconds_sum")).isPositive();
    }

    @Test
    void shouldKnowThatNobodyIsLeft() throws Exception {
        await().untilAsserted(() -> {
            Scrape now = scrape();
            assertThat(now.sum("ringdown_calls")).isZero();
            assertThat(now.sum("ringdown_calls_live")).isZero();
            assertThat(now.sum("ringdown_lane_frames_lent")).isZero();
        });
        assertThat(scrape.sum("ringdown_lane_calls_started_total")).isEqualTo(4);
        assertThat(scrape.sum("ringdown_lane_calls_failed_total")).isZero();
        int lanes = scrape.samples("ringdown_lane_up").size();
        assertThat(scrape.sum("ringdown_lane_up")).isEqualTo(lanes).isPositive();
    }

    // who reads it

    @Test
    void shouldHaveWhateverAnAlertAsksFor() throws IOException {
        List<JsonNode> rules = alerts().findParents("expr");
        assertThat(rules).hasSizeGreaterThan(20);
        Set<String> recorded = new TreeSet<>(Set.of("up"));
        rules.forEach(rule -> recorded.add(rule.path("record").asText()));
        for (JsonNode rule : rules) {
            assertAsksForWhatIsThere(rule.path("expr").asText(), recorded);
        }
    }

    @Test
    void shouldExplainEveryAlert() throws IOException {
        Set<String> explained = new TreeSet<>();
        for (List<String> row : rows("alerts.md")) {
            if (row.get(0).startsWith("Ringdown")) {
                assertThat(row).as(row.get(0)).hasSize(4).doesNotContain("");
                explained.add(row.get(0));
            }
        }
        assertThat(explained).isEqualTo(new TreeSet<>(alerts().findValuesAsText("alert")));
    }

    private static JsonNode alerts() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(OPERATIONS.resolve("alerts.yaml").toFile());
    }

    @Test
    void shouldHaveWhateverTheDashboardShows() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(OPERATIONS.resolve("grafana-dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(30);
        for (String query : queries) {
            assertAsksForWhatIsThere(query, Set.of());
        }
    }

    private static void assertAsksForWhatIsThere(String query, Set<String> recorded) {
        Set<String> labels = new TreeSet<>(Set.of("le", "lane")); // also of what is recorded
        for (PromQl.Selector selector : new PromQl(query).selectors()) {
            if (!recorded.contains(selector.name())) {
                assertThat(selector.finds(scrape)).as(selector + " in " + query).isTrue();
                scrape.samples(selector.name())
                        .forEach(sample -> labels.addAll(sample.labels().keySet()));
            }
        }
        assertThat(labels).as(query).containsAll(new PromQl(query).groupedBy());
    }

    // the page about it

    @Test
    void shouldDescribeEveryMetricAsItIs() throws IOException {
        Map<String, String> described = new TreeMap<>();
        for (List<String> row : rows("metrics.md")) {
            if (row.get(0).startsWith("`")) {
                described.put(
                        row.get(0).replace("`", ""),
                        row.get(1) + " by " + sorted(row.get(3).replace("`", "")));
                assertThat(row.get(4)).as(row.get(0)).isNotBlank();
            }
        }
        Map<String, String> actual = new TreeMap<>();
        scrape.types()
                .forEach((name, type) -> actual.put(
                        name,
                        type + " by "
                                + (scrape.labelsOf(name).isEmpty()
                                        ? "none"
                                        : String.join(", ", scrape.labelsOf(name)))));
        described.keySet().removeIf(name -> DEPENDS.matcher(name).find() && !actual.containsKey(name));
        assertThat(described).isEqualTo(actual);
    }

    private static String sorted(String labels) {
        return String.join(", ", new TreeSet<>(List.of(labels.split(", "))));
    }

    @Test
    void shouldNameUnitsAsPrometheusDoes() {
        scrape.types().forEach((name, type) -> {
            if (type.equals("counter")) {
                assertThat(name).endsWith("_total");
            }
            if (name.startsWith("ringdown_") && type.equals("histogram")) {
                assertThat(name).endsWith("_seconds");
            }
        });
    }

    /** The cells of every row of every table. */
    private static List<List<String>> rows(String page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(OPERATIONS.resolve(page))) {
            if (line.startsWith("|")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1);
                rows.add(Arrays.stream(cells).map(String::strip).toList());
            }
        }
        return rows;
    }
}
