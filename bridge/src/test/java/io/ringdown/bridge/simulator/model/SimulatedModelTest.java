package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class SimulatedModelTest {
    private static final ModelScript SCRIPT = ModelScript.script();

    @Test
    void shouldGreetEveryConnectionWithA24kHzSession() {
        try (SimulatedModel model = SimulatedModel.start(SCRIPT);
                ModelClient client = ModelClient.connect(model)) {
            assertThat(client.types()).startsWith("session.created");
            var session = client.await("session.created").path("session");
            assertThat(session.at("/audio/output/format/type").asText()).isEqualTo("audio/pcm");
            assertThat(session.at("/audio/input/format/rate").asInt()).isEqualTo(24_000);
            assertThat(session.path("model").asText()).isEqualTo("gpt-realtime");
        }
    }

    @Test
    void shouldAcceptAnyPathAndFindASessionByItsRequest() {
        try (SimulatedModel model = SimulatedModel.start(SCRIPT);
                ModelClient first = ModelClient.connect(
                        HttpClient.newHttpClient(), model.uri().resolve("/a/b?call=CA1"));
                ModelClient second = ModelClient.connect(
                        HttpClient.newHttpClient(), model.uri().resolve("/?call=CA2"))) {
            assertThat(first.types()).isEqualTo(second.types());
            assertThat(model.sessionOf(session -> session.requestUri().contains("CA1")))
                    .contains(model.sessions().get(0));
            assertThat(model.sessionOf(session -> session.requestUri().contains("CA3")))
                    .isEmpty();
        }
    }

    @Test
    void shouldFindASessionByItsInstructions() {
        try (SimulatedModel model = SimulatedModel.start(SCRIPT);
                ModelClient client = ModelClient.configured(model)) {
            assertThat(client.types()).contains("session.updated");
            assertThat(model.sessionOf(session -> session.instructions().contains("CA123")))
                    .isPresent();
        }
    }

    @Test
    void shouldGiveEachConnectionItsOwnScript() {
        ModelScript beta = SCRIPT.greeting(Reply.textOnly("beta"));
        ModelScript other = SCRIPT.greeting(Reply.textOnly("other"));
        try (SimulatedModel model =
                        SimulatedModel.start(uri -> uri.contains("beta") ? beta : other, ModelEndpoint.local());
                ModelClient client = ModelClient.connect(
                        HttpClient.newHttpClient(), model.uri().resolve("/?x=beta"))) {
            client.createResponse();
            assertThat(client.await("response.output_audio_transcript.done")
                            .path("transcript")
                            .asText())
                    .isEqualTo("beta");
        }
    }

    @Test
    void shouldRefuseAnUpgradeWithoutTheKey() {
        try (SimulatedModel model =
                SimulatedModel.start(SCRIPT, ModelEndpoint.local().withApiKey("sk-right"))) {
            assertThat(upgradeStatus(model, "Bearer sk-wrong")).isEqualTo(401);
            assertThat(upgradeStatus(model, "sk-right")).isEqualTo(401);
            assertThat(model.sessions()).isEmpty();
            assertThat(upgradeStatus(model, "Bearer sk-right")).isEqualTo(101);
            await().untilAsserted(() -> assertThat(model.sessions()).hasSize(1));
        }
    }

    @Test
    void shouldSpeakTls() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SslContext tls =
                SslContextBuilder.forServer(bundle.toKeyManagerFactory()).build();
        HttpClient http = HttpClient.newBuilder().sslContext(trusting(bundle)).build();
        try (SimulatedModel model =
                SimulatedModel.start(SCRIPT, ModelEndpoint.local().withTls(tls))) {
            URI uri = URI.create("wss://localhost:" + model.uri().getPort() + "/v1/realtime");
            try (ModelClient client = ModelClient.connect(http, uri)) {
                assertThat(client.types()).containsExactly("session.created");
                assertThat(model.uri().getScheme()).isEqualTo("wss");
            }
        }
    }

    @Test
    void shouldRecordTheClientsCloseCode() {
        try (SimulatedModel model = SimulatedModel.start(SCRIPT);
                ModelClient client = ModelClient.connect(model)) {
            client.closeWith(1000);
            client.awaitClose(1000);
            ModelSession session = model.sessions().get(0);
            ModelClient.until(() -> assertThat(session.isOpen()).isFalse());
            assertThat(session.record().closeCode()).isEqualTo(1000);
            model.forgetEnded();
            assertThat(model.sessions()).isEmpty();
        }
    }

    @Test
    void shouldRecordAConnectionThatBroke() {
        try (SimulatedModel model = SimulatedModel.start(SCRIPT);
                ModelClient client = ModelClient.connect(model)) {
            client.breakOff();
            ModelSession session = model.sessions().get(0);
            ModelClient.until(() -> assertThat(session.record().closeCode()).isEqualTo(1006));
        }
    }

    @Test
    void shouldServeManySessionsOnOneEventLoop() {
        byte[] speech = Sounds.noise(8_001, 4);
        ModelScript script = SCRIPT.greeting(Reply.saying("Hello", speech).atSpeed(20));
        List<ModelClient> clients = new ArrayList<>();
        try (SimulatedModel model = SimulatedModel.start(script)) {
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 100; i++) {
                clients.add(ModelClient.connect(http, model.uri()));
            }
            clients.forEach(client -> client.send(ModelClient.TELEPHONE_UPDATE));
            clients.forEach(ModelClient::createResponse);
            for (ModelClient client : clients) {
                client.await("response.done");
                assertThat(client.audio()).isEqualTo(speech);
            }
            assertThat(model.sessions()).hasSize(100);
        } finally {
            clients.forEach(ModelClient::close);
        }
    }

    @Test
    void shouldDropItsConnectionsWhenClosed() {
        SimulatedModel model = SimulatedModel.start(SCRIPT);
        ModelClient client = ModelClient.connect(model);
        model.close();
        client.awaitEnd();
        assertThatThrownBy(() -> ModelClient.connect(model)).isInstanceOf(CompletionException.class);
    }

    private static int upgradeStatus(SimulatedModel model, String authorization) {
        try {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", authorization)
                    .buildAsync(model.uri(), new WebSocket.Listener() {})
                    .join();
            socket.abort();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    private static SSLContext trusting(X509Bundle bundle) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("model", bundle.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
