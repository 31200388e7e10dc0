package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ringdown serve} as operators run it, in a process of its own that never outlives this one. One thread. */
final class SoakedServer implements AutoCloseable {
    static final Account ACCOUNT =
            new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");

    private static final String PUBLIC_URL = "https://voice.example.com";
    private static final Pattern LISTENING =
            Pattern.compile("listening on \\S+:(\\d+) for the carrier, on \\S+:(\\d+) for operators");
    private static final Pattern CONFIGURES = Pattern.compile("RINGDOWN_.*|TWILIO_.*|OPENAI_.*");
    private static final Pattern ERROR = Pattern.compile(".*(\\b(ERROR|FATAL)\\b|OutOfMemory).*");

    /** What a server must say when the carrier's API fails as often as it does here. */
    private static final String EXPECTED_ERROR = "hangup failed, closing the stream instead";

    private static final int STOP_S = 130;
    private static final int JCMD_S = 30;
    private static final int ERRORS_SHOWN = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path folder;
    private final Process process;
    private int carrierPort;
    private int operationsPort;

    private SoakedServer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Waits until it is ready for twice the plan's calls: a place is free only when the server too has seen a call's end. */
    static SoakedServer start(SoakPlan plan, URI model, URI rest) throws IOException {
        Path configuration = plan.folder().resolve("ringdown.yaml");
        Files.writeString(configuration, "limits: {silence_timeout_s: 8}\n");
        List<String> command = new ArrayList<>(plan.ringdown());
        command.addAll(List.of(
                "serve",
                "--until-input-ends",
                "--config=" + configuration.toAbsolutePath(),
                "--listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--public-url=" + PUBLIC_URL,
                "--model-url=" + model,
                "--twilio-api-url=" + rest,
                "--max-calls=" + 2 * plan.calls()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(plan.folder().toFile())
                .redirectError(log(plan.folder()).toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> CONFIGURES.matcher(name).matches());
        environment.put("TWILIO_ACCOUNT_SID", ACCOUNT.sid());
        environment.put("TWILIO_AUTH_TOKEN", ACCOUNT.authToken());
        SoakedServer server = new SoakedServer(plan.folder(), builder.start());
        server.awaitReady();
        return server;
    }

    private static Path log(Path folder) {
        return folder.resolve("serve.log");
    }

    private void awaitReady() throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                carrierPort = Integer.parseInt(listening.group(1));
                operationsPort = Integer.parseInt(listening.group(2));
            }
            if (line.startsWith("ready")) {
                keepReading(lines);
                return;
            }
        }
        throw new IOException("the server did not start: " + log(folder));
    }

    /** A pipe that nobody empties would stop whoever prints into it. */
    private static void keepReading(BufferedReader lines) {
        Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "serve-output");
        reader.setDaemon(true);
        reader.start();
    }

    Route route() {
        return Route.webhook(PUBLIC_URL + "/twilio/voice", new InetSocketAddress("127.0.0.1", carrierPort));
    }

    /** What it holds now, behind a collection that this asks for. */
    Reading read() throws IOException, InterruptedException {
        collectGarbage();
        return Reading.of(scrape(), rssKib());
    }

    private Scrape scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return Scrape.of(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process command = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!command.waitFor(JCMD_S, TimeUnit.SECONDS) || command.exitValue() != 0) {
            command.destroyForcibly();
            throw new IOException("jcmd could not collect the server's garbage");
        }
    }

    private long rssKib() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /** SIGTERM, and what was wrong about the end and the log, one sentence each. */
    List<String> stop() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        process.toHandle().destroy();
        if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
            problems.add("the server did not stop within " + STOP_S + " s of SIGTERM");
        } else if (process.exitValue() != 0) {
            problems.add("the server's exit code was " + process.exitValue());
        }
        try (Stream<String> lines = Files.lines(log(folder))) {
            lines.filter(line -> ERROR.matcher(line).matches())
                    .filter(line -> !line.contains(EXPECTED_ERROR))
                    .limit(ERRORS_SHOWN)
                    .forEach(line -> problems.add("in the server's log: " + line));
        }
        return problems;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
