package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.PatientLimits;
import io.ringdown.bridge.simulator.carrier.Account;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ringdown serve} as a process of its own, from the classes this one runs on, in an empty folder and with nothing of
 * our environment that would configure it. It never outlives this process, however that ends: it watches the pipe to it.
 */
public final class BridgeProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+) for the carrier.*");
    private static final Pattern EXECUTED = Pattern.compile("\\[HANGUP] executed reason=(\\S+)");
    private static final Pattern CONFIGURES = Pattern.compile("RINGDOWN_.*|TWILIO_.*|OPENAI_.*");

    /** No call ends, or is turned away, because somebody is late: the figures would be those of fewer calls. */
    private static final String CONFIGURATION =
            "agent: {instructions: 'call {{call_sid}}', greeting_protection: false}\n"
                    + "limits: {max_duration_s: 86400, " + PatientLimits.YAML + "}\n";

    private static final int STOP_S = 10;

    /** What the start script gives the JVM of a server and of no other command. */
    private static final String SERVER_OPTIONS = "ringdown.serve.options";

    /**
     * Whom the bridge talks to.
     *
     * @param tls that the bridge shows the carrier, and trusts the model with; empty: plain
     */
    public record Neighbours(String publicUrl, URI model, URI rest, Account account, Optional<Pems> tls) {}

    /** A certificate and its key. */
    public record Pems(Path certificate, Path key) {}

    private final Process process;
    private final Path folder;
    private final InetSocketAddress address;

    private BridgeProcess(Process process, Path folder) throws IOException {
        this.process = process;
        this.folder = folder;
        address = listening(process, log(folder));
    }

    /**
     * Starts it and waits until it takes calls.
     *
     * @param cpu which alone it may use, by {@code taskset}; empty: any that we may
     * @throws IOException with its own last words, when it ends instead
     */
    public static BridgeProcess start(Neighbours neighbours, int maxCalls, Optional<Integer> cpu) throws IOException {
        Path folder = Files.createTempDirectory("ringdown-load");
        Files.writeString(folder.resolve("ringdown.yaml"), CONFIGURATION);
        ProcessBuilder builder = new ProcessBuilder(boundTo(cpu, command(neighbours, maxCalls)));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> CONFIGURES.matcher(name).matches());
        environment.put("TWILIO_ACCOUNT_SID", neighbours.account().sid());
        environment.put("TWILIO_AUTH_TOKEN", neighbours.account().authToken());
        neighbours.tls().ifPresent(pems -> {
            environment.put("RINGDOWN_TLS_CERTIFICATE", absolutePath(pems.certificate()));
            environment.put("RINGDOWN_TLS_KEY", absolutePath(pems.key()));
            environment.put("RINGDOWN_MODEL_CA", absolutePath(pems.certificate()));
            environment.put("OPENAI_API_KEY", "sk-load"); // asked for with wss; our model takes any
        });
        builder.directory(folder.toFile());
        builder.redirectError(log(folder).toFile());
        Process process = builder.start();
        try {
            return new BridgeProcess(process, folder);
        } catch (IOException e) {
            process.destroyForcibly();
            delete(folder);
            throw e;
        }
    }

    private static List<String> boundTo(Optional<Integer> cpu, List<String> command) {
        List<String> bound = new ArrayList<>();
        cpu.ifPresent(number -> bound.addAll(List.of("taskset", "--cpu-list", Integer.toString(number))));
        bound.addAll(command);
        return bound;
    }

    /** What it is started with, but for the account's credentials, which are in its environment. */
    static List<String> command(Neighbours neighbours, int maxCalls) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of(System.getProperty(SERVER_OPTIONS, "").split(" ")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of(
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", // of the jar's manifest, which -cp does not read
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "io.ringdown.bridge.Ringdown",
                "serve",
                "--until-input-ends",
                "--listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--public-url=" + neighbours.publicUrl(),
                "--model-url=" + neighbours.model(),
                "--twilio-api-url=" + neighbours.rest(),
                "--max-calls=" + maxCalls));
        return command;
    }

    private static String absolutePath(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> absolutePath(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static InetSocketAddress listening(Process process, Path log) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.matches()) {
                return new InetSocketAddress("127.0.0.1", Integer.parseInt(matcher.group(1)));
            }
        }
        List<String> words = Files.readAllLines(log);
        throw new IOException("the bridge did not start: " + (words.isEmpty() ? "no word from it" : words.get(0)));
    }

    public InetSocketAddress address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /** Of all its threads since its start; zero where the system does not say. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Why it hung up, how often, by its own log so far. */
    Map<String, Long> reasons() throws IOException {
        try (Stream<String> lines = Files.lines(log(folder))) {
            return lines.map(EXECUTED::matcher)
                    .filter(Matcher::find)
                    .collect(Collectors.groupingBy(found -> found.group(1), TreeMap::new, Collectors.counting()));
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    private static Path log(Path folder) {
        return folder.resolve("bridge.log");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
