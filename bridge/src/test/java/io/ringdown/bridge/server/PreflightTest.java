package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringdown.bridge.model.openai.ModelEndpoint;
import io.ringdown.bridge.net.OpenFiles;
import io.ringdown.bridge.net.Tls;
import io.ringdown.bridge.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private ServerSocket model;
    private ModelEndpoint endpoint;

    @BeforeEach
    void listen() throws IOException {
        model = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        endpoint =
                ModelEndpoint.open(URI.create("ws://127.0.0.1:" + model.getLocalPort()), Optional.empty(), List.of());
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
        model.close();
    }

    @Test
    void shouldSayWhatToPasteAndThatAllIsWell() {
        assertThat(lines(Map.of(
                        "public_url", "https://voice.example.com/base",
                        "twilio.account_sid", ACCOUNT,
                        "twilio.auth_token", TOKEN,
                        "twilio.api_url", "https://api.example.com",
                        "model.api_key", "sk-secret",
                        "max_calls", "1")))
                .startsWith(
                        "listening on 0.0.0.0:8080 for the carrier, on 127.0.0.1:9090 for operators",
                        "voice webhook (A call comes in, HTTP POST): https://voice.example.com/base/twilio/voice",
                        "status callback (optional, HTTP POST):      https://voice.example.com/base/twilio/status",
                        "  ok    twilio credentials: hangups go through the REST API")
                .contains("  ok    model: reachable, gpt-realtime with a key")
                .anySatisfy(line -> assertThat(line).matches("  ok    open files: \\d+ allowed, 270 needed"))
                .endsWith("ready for 1 calls on 2 lanes");
    }

    @Test
    void shouldSayHowTheCarriersPortShowsItself() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=voice.example.com")
                .setIsCertificateAuthority(true)
                .notAfter(Instant.parse("2100-01-02T03:04:05Z"))
                .buildSelfSigned();

        assertThat(lines(Map.of(
                        "tls.certificate", bundle.toTempCertChainPem().toString(),
                        "tls.key", bundle.toTempPrivateKeyPem().toString())))
                .contains(
                        "voice webhook (A call comes in, HTTP POST): https://0.0.0.0:8080/twilio/voice",
                        "  ok    tls: by " + Tls.library() + ", as CN=voice.example.com until 2100-01-02");
        assertThat(lines(Map.of())).noneMatch(line -> line.contains("tls"));
    }

    @Test
    void shouldNameTheAgentsWhenThereAreSeveral() {
        assertThat(lines(Map.of())).noneMatch(line -> line.contains("agents"));
        assertThat(lines(Map.of("agents.sales.voice", "cedar", "agents.support.voice", "ash")))
                .contains("  ok    agents: default, sales, support");
    }

    @Test
    void shouldShowNoSecret() {
        assertThat(lines(Map.of(
                        "twilio.account_sid", ACCOUNT, "twilio.auth_token", TOKEN, "model.api_key", "sk-secret")))
                .noneMatch(line -> line.contains(TOKEN) || line.contains("sk-secret"));
    }

    @Test
    void shouldWarnOfWhatIsMissing() {
        assertThat(lines(Map.of()))
                .contains(
                        "voice webhook (A call comes in, HTTP POST): http://0.0.0.0:8080/twilio/voice",
                        "  WARN  twilio credentials: no account SID or token: a hangup closes the stream instead",
                        "  WARN  signatures: NOT checked: anybody who reaches this port can place calls",
                        "  ok    model: reachable, gpt-realtime without a key");
    }

    @Test
    void shouldWarnOfAModelThatIsNotThere() throws IOException {
        model.close();
        assertThat(lines(Map.of()))
                .anySatisfy(line ->
                        assertThat(line).matches("  WARN  model: NOT reachable at 127\\.0\\.0\\.1: .*refused.*"));
    }

    @Test
    void shouldWarnOfTooFewOpenFiles() {
        long limit = OpenFiles.limit();
        int tooMany = (int) Math.min(1_000_000, limit);
        long needed = OpenFiles.neededFor(tooMany, 2);
        String expected = needed > limit
                ? "  WARN  open files: " + limit + " allowed, but " + needed + " needed for " + tooMany
                        + " calls: raise ulimit -n"
                : "  ok    open files: " + limit + " allowed, " + needed + " needed";
        assertThat(lines(Map.of("lanes", "2", "max_calls", Integer.toString(tooMany))))
                .contains(expected);
    }

    @Test
    void shouldWriteAnAddressAsItIsConfigured() throws UnknownHostException {
        InetAddress sixth = InetAddress.getByAddress(new byte[16]);
        List<String> lines = new Preflight(
                        SettingsOf.test(Map.of()),
                        new InetSocketAddress(sixth, 8080),
                        new InetSocketAddress("127.0.0.1", 9090),
                        endpoint)
                .lines();
        assertThat(lines.get(0)).startsWith("listening on [0:0:0:0:0:0:0:0]:8080 for the carrier");
    }

    private List<String> lines(Map<String, String> values) {
        Settings settings = SettingsOf.test(values);
        return new Preflight(
                        settings,
                        new InetSocketAddress("0.0.0.0", 8080),
                        new InetSocketAddress("127.0.0.1", 9090),
                        endpoint)
                .lines();
    }
}
