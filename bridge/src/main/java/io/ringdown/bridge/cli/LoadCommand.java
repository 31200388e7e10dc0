package io.ringdown.bridge.cli;

import io.ringdown.bridge.load.Load;
import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.load.LoadReport;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ringdown load}: many simulated calls against a bridge. */
@Command(
        name = "load",
        description =
                "Plays simulated calls against a bridge, this one or another, and reports loss, reordering, hangups,"
                        + " cut-off, dead air and latencies. Exit code 1 if anything was lost, cut off, or not hung up exactly once.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Another bridge must be pointed at this command's model (--model-port) and REST",
            "API (--rest-port), and its instructions must hold {{call_sid}}, by which both",
            "sides of a call are matched; agent.greeting_protection must be false, since the",
            "model's first words are its goodbye. Straight to the stream (ws) it must check",
            "no signatures.",
            "",
            "Steady calls (--seconds, --find-limit) are matched by their audio: any bridge will",
            "do that passes on G.711 u-law as it is, and with --goodbye one that hangs up. They",
            "are measured when all have stood for --settle seconds. A CPU for the bridge, one",
            "for the load:",
            "",
            "  taskset -c 1 ./ringdown load --calls 200 --seconds 60 --bridge-cpu 0 \\",
            "      --json a.json --html a.html",
            "  taskset -c 1 ./ringdown load --calls 200 --seconds 60 \\",
            "      --url ws://127.0.0.1:8080/twilio/media --pid $BRIDGE_PID \\",
            "      --model-port 8081 --rest-port 8082 --json b.json",
            "  ./ringdown load --compare a.json b.json"
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--calls", paramLabel = "N", description = "Calls in all. Default: ${DEFAULT-VALUE}.")
    private int calls = 500;

    @Option(names = "--concurrent", paramLabel = "N", description = "At the same time. Default: ${DEFAULT-VALUE}.")
    private int concurrent = 100;

    @Option(names = "--ramp-ms", paramLabel = "MS", description = "Between two starts. Default: ${DEFAULT-VALUE}.")
    private int rampMs = 20;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "http://host:port/twilio/voice or ws://host:port/twilio/media. Default: a bridge is started.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Public URL of the bridge, if it differs from --url: what is signed.")
    private Optional<String> publicUrl = Optional.empty();

    @Option(
            names = "--model-port",
            paramLabel = "PORT",
            description = "Where the simulated model listens. Default: any free port.")
    private int modelPort = 0;

    @Option(
            names = "--rest-port",
            paramLabel = "PORT",
            description = "Where the simulated REST API listens. Default: any free port.")
    private int restPort = 0;

    @Option(names = "--account-sid", paramLabel = "SID", description = "Of the simulated account.")
    private String accountSid = "AC00000000000000000000000000000001";

    @Option(names = "--auth-token", paramLabel = "TOKEN", description = "Of the simulated account.")
    private String authToken = "0123456789abcdef0123456789abcdef";

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures here too.")
    private Optional<Path> json = Optional.empty();

    @Mixin
    private SteadyOptions steady = new SteadyOptions();

    @Override
    public Integer call() throws InterruptedException {
        LoadPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        Configurator.setRootLevel(Level.WARN);
        try {
            boolean good = steady.areGiven() ? steady.run(plan, out, json) : goodbyes(plan, out);
            return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("ringdown: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean goodbyes(LoadPlan plan, PrintWriter out) throws IOException, InterruptedException {
        try (Load load = new Load(plan)) {
            out.printf("model at %s, REST at %s%n", load.modelUri(), load.restUrl());
            out.printf("%d calls, %d at a time ...%n", calls, concurrent);
            out.flush();
            LoadReport report = load.run();
            report.print(out);
            if (json.isPresent()) {
                report.write(json.get());
            }
            return report.isGood();
        }
    }

    private LoadPlan plan() {
        require(calls > 0, "--calls: not a positive number: " + calls);
        require(concurrent > 0, "--concurrent: not a positive number: " + concurrent);
        require(rampMs >= 0, "--ramp-ms: negative: " + rampMs);
        require(steady.problem() == null, steady.problem());
        requirePort("--model-port", modelPort);
        requirePort("--rest-port", restPort);
        json.map(file -> file.toAbsolutePath().getParent())
                .ifPresent(folder -> require(Files.isDirectory(folder), "--json: no such folder: " + folder));
        boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--calls");
        return new LoadPlan(
                steady.firstCalls(calls, chosen),
                concurrent,
                rampMs,
                url.map(this::route),
                publicUrl.orElse("https://voice.example.com"),
                modelPort,
                restPort,
                new Account(accountSid, authToken),
                seed);
    }

    /** Where the bridge under test is; it must know its neighbours' ports beforehand, so they cannot be just any. */
    private Route route(String text) {
        URI address = parsed("--url", text);
        String web = steady.speakTls() ? "https" : "http";
        String stream = steady.speakTls() ? "wss" : "ws";
        boolean webhook = web.equals(address.getScheme());
        require(
                webhook || stream.equals(address.getScheme()),
                "--url: neither " + web + ":// nor " + stream + "://, which is"
                        + (steady.speakTls() ? " what --tls means: " : " the port behind the proxy that ends TLS: ")
                        + text);
        require(address.getHost() != null && address.getPort() > 0, "--url: needs a host and a port: " + text);
        require(!address.getRawPath().isEmpty(), "--url: needs the path of the webhook or the stream: " + text);
        require(
                modelPort > 0 && restPort > 0,
                "--url: needs --model-port and --rest-port, where that bridge" + " finds its model and REST API");
        InetSocketAddress socket = new InetSocketAddress(address.getHost(), address.getPort());
        require(!socket.isUnresolved(), "--url: unknown host: " + address.getHost());
        String named = publicUrl
                .map(base -> parsed("--public-url", base) + address.getRawPath())
                .orElse(text);
        return webhook ? Route.webhook(named, socket) : Route.stream(named, socket);
    }

    private URI parsed(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ParameterException(spec.commandLine(), option + ": not a URL: " + text);
        }
    }

    private void requirePort(String option, int port) {
        require(port >= 0 && port <= 65_535, option + ": not a port: " + port);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
