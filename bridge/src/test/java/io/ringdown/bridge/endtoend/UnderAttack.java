package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.server.Server;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A server of one lane with two calls: a healthy one, whose caller and model hear each other all the time, and one whose
 * carrier and model are the test. After each attack nothing of the attacked call may be left, and the healthy one must have
 * heard every byte.
 */
final class UnderAttack implements AutoCloseable {
    static final String ACCOUNT = "AC22222222222222222222222222222222";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String MEDIA = "/twilio/media";
    private static final int SPEECH_MS = 300;
    private static final String CALM = """
            lanes: 1
            max_calls: 64
            twilio: {validate_signature: false}
            agent: {greeting: ''}
            """;

    private final Account account = new Account(ACCOUNT, TOKEN);
    private final SimulatedModel behaved =
            SimulatedModel.start(ModelScript.script().countingAudioOnly());
    private final SimulatedCarrier carrier = SimulatedCarrier.start(account);
    private final HttpClient http = HttpClient.newHttpClient();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<RawSocket> sockets = new ArrayList<>();
    private final LeakWatch leaks = LeakWatch.begin();
    private final Random random = new Random(11);
    private final CarrierCall neighbour;
    private final ModelSession neighbourModel;
    final RawModel model = new RawModel();
    final SimulatedRest rest = SimulatedRest.start(0, account, carrier::completedByRest);
    final Server server;
    private int calls;

    /** @param limits as {@link Scene#patientBut} takes them */
    UnderAttack(String... limits) throws Exception {
        server = Server.start(settings(CALM + Scene.patientBut(withLongSilence(limits))));
        neighbour =
                carrier.place(CallPlan.via(Route.webhook("https://voice.example.com/twilio/voice", server.address())));
        model.relayNextTo(behaved.uri());
        await().until(() -> !behaved.sessions().isEmpty());
        neighbourModel = behaved.sessions().get(0);
        await().until(() -> neighbourModel.record().callerAudioBytes() > 0);
    }

    private static String[] withLongSilence(String[] limits) {
        return Stream.concat(Stream.of("silence_timeout_s: 3600"), Stream.of(limits))
                .toArray(String[]::new);
    }

    private Settings settings(String configuration) throws IOException {
        Path file = Files.createTempFile("ringdown", ".yaml");
        try {
            Files.writeString(file, configuration);
            return Settings.load(
                    Optional.of(file),
                    Map.of("TWILIO_ACCOUNT_SID", ACCOUNT, "TWILIO_AUTH_TOKEN", TOKEN),
                    Map.of(
                            "--listen", "127.0.0.1:0",
                            "--admin-listen", "127.0.0.1:0",
                            "--journal-dir", "",
                            "--public-url", "https://voice.example.com",
                            "--model-url", model.uri().toString(),
                            "--twilio-api-url", rest.url().toString()));
        } finally {
            Files.delete(file);
        }
    }

    /** The neighbour's model speaks while the attack goes on. */
    void begin() {
        byte[] speech = new byte[SPEECH_MS * 8];
        random.nextBytes(speech);
        said.writeBytes(speech);
        neighbourModel.say(Reply.saying("as I was saying", speech).allAtOnce());
    }

    /** A stream that was let in and has not started. */
    RawSocket stream() throws IOException {
        return owned(RawSocket.connect(server.address(), MEDIA).listening());
    }

    /** A started stream whose model's connection awaits an answer. */
    RawCall ringing() throws Exception {
        return ringing(stream());
    }

    /** A call in which both may speak, whose carrier reads nothing. */
    RawCall deaf() throws Exception {
        return configured(ringing(owned(RawSocket.connect(server.address(), MEDIA))));
    }

    private RawCall ringing(RawSocket stream) throws Exception {
        String callSid = String.format("CA%032d", ++calls);
        stream.text(RawCall.CONNECTED);
        stream.text(RawCall.start(callSid));
        return new RawCall(callSid, stream, owned(model.next()));
    }

    /** A call in which both may speak. */
    RawCall call() throws Exception {
        return configured(ringing());
    }

    RawCall configured(RawCall ringing) throws Exception {
        ringing.model().letIn().listening();
        ringing.model().text(RawCall.CREATED);
        await("session.update").until(() -> ringing.modelHeard("session.update").count() == 1);
        ringing.model().text(RawCall.CONFIRMED);
        return ringing;
    }

    private RawSocket owned(RawSocket socket) {
        sockets.add(socket);
        return socket;
    }

    /** What Prometheus reads of one series, or, named without labels, of all of them together. */
    double metric(String name) throws Exception {
        URI metrics =
                URI.create("http://127.0.0.1:" + server.operationsAddress().getPort() + "/metrics");
        String scraped = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        List<String> series = scraped.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .toList();
        assertThat(series).as(name).isNotEmpty();
        return series.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    double dropped(String reason) throws Exception {
        return metric("ringdown_carrier_messages_dropped_total{reason=\"" + reason + "\"}");
    }

    double modelEvents(String kind) throws Exception {
        return metric("ringdown_model_events_total{kind=\"" + kind + "\"}");
    }

    int hangups(RawCall call) {
        return rest.requests(call.callSid()).size();
    }

    /** The attackers leave, if they are still there; then all must be as it was. */
    void assertUnharmed() throws Exception {
        for (RawSocket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        await("places").atMost(Duration.ofSeconds(30)).until(() -> server.liveCalls() == 1);
        assertThat(metric("ringdown_calls")).isEqualTo(1);
        await("the neighbour's downlink").until(() -> neighbour.heardBytes() >= said.size());
        assertThat(neighbour.heardAudio()).as("what the neighbour heard").isEqualTo(said.toByteArray());
        long spoken = neighbour.uplinkBytes();
        await("the neighbour's uplink").until(() -> neighbourModel.record().callerAudioBytes() >= spoken);
        assertThat(neighbour.unsentBytes()).isZero();
        assertThat(neighbour.moments(CallMoment.Kind.CLEAR_RECEIVED)).isEmpty();
        assertThat(neighbour.violations()).isEmpty();
        assertThat(rest.requests(neighbour.callSid())).isEmpty();
        await("frames").until(() -> metric("ringdown_lane_frames_lent") == 0);
    }

    /** Ends the neighbour's call too, and looks for buffers that nobody gave back. */
    @Override
    public void close() throws IOException {
        try {
            server.close();
            leaks.assertNone();
        } finally {
            leaks.close();
            carrier.close();
            rest.close();
            behaved.close();
            model.close();
        }
    }
}
