package io.ringdown.bridge.demo;

import io.ringdown.bridge.server.Server;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A real server between a simulated carrier, with its REST API, and a simulated model, over real sockets of this machine.
 * Signatures are checked and stream tokens spent, as in production.
 */
public final class Testbed implements AutoCloseable {
    private static final String PUBLIC_URL = "https://voice.example.com";
    private static final Account ACCOUNT =
            new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");

    private static final String NO_JOURNAL = "journal_dir: \"\"\n";

    private final SimulatedModel model;
    private final SimulatedCarrier carrier;
    private final SimulatedRest rest;
    private final Server server;

    private Testbed(Function<String, ModelScript> scripts, ModelEndpoint endpoint, String configuration)
            throws IOException {
        model = SimulatedModel.start(scripts, endpoint);
        carrier = SimulatedCarrier.start(ACCOUNT);
        rest = SimulatedRest.start(0, ACCOUNT, carrier::completedByRest);
        server = Server.start(settings(configuration));
    }

    /** Starts all four; every call meets a model that follows {@code script}. */
    public static Testbed start(ModelScript script) throws IOException {
        return start(any -> script, "");
    }

    /**
     * Starts all four.
     *
     * @param scripts what the model does in a call, by the URI that was asked for
     * @param configuration more for {@code ringdown.yaml}
     */
    public static Testbed start(Function<String, ModelScript> scripts, String configuration) throws IOException {
        return start(scripts, ModelEndpoint.local(), configuration);
    }

    /** The same with a model that listens as {@code endpoint} says. */
    public static Testbed start(Function<String, ModelScript> scripts, ModelEndpoint endpoint, String configuration)
            throws IOException {
        return new Testbed(scripts, endpoint, configuration);
    }

    private Settings settings(String configuration) throws IOException {
        Path file = Files.createTempFile("ringdown", ".yaml");
        try {
            Files.writeString(file, configuration.contains("journal_dir") ? configuration : NO_JOURNAL + configuration);
            return Settings.load(
                    Optional.of(file),
                    Map.of("TWILIO_ACCOUNT_SID", ACCOUNT.sid(), "TWILIO_AUTH_TOKEN", ACCOUNT.authToken()),
                    Map.of(
                            "--listen",
                            "127.0.0.1:0",
                            "--admin-listen",
                            "127.0.0.1:0",
                            "--public-url",
                            PUBLIC_URL,
                            "--model-url",
                            model.uri().toString(),
                            "--twilio-api-url",
                            rest.url().toString()));
        } finally {
            Files.delete(file);
        }
    }

    /** The way a call comes in: the webhook, and the stream that its answer names. */
    public Route route() {
        return Route.webhook(PUBLIC_URL + "/twilio/voice", server.address());
    }

    public Server server() {
        return server;
    }

    public SimulatedCarrier carrier() {
        return carrier;
    }

    public SimulatedRest rest() {
        return rest;
    }

    public SimulatedModel model() {
        return model;
    }

    @Override
    public void close() {
        server.close();
        carrier.close();
        rest.close();
        model.close();
    }
}
