package io.ringdown.bridge.endtoend;

import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged {@code serve}, as an operator runs it. */
final class ServeProcess implements AutoCloseable {
    static final Account ACCOUNT =
            new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");
    private static final String PUBLIC_URL = "https://voice.example.com";
    private static final List<String> OWN_MOUNTS = List.of("unshare", "--user", "--map-root-user", "--mount");
    private static final Pattern LISTENING =
            Pattern.compile("listening on \\S+:(\\d+) for the carrier, on \\S+:(\\d+) for operators");

    final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Path configuration;

    private ServeProcess(Process process, Path configuration) {
        this.process = process;
        this.configuration = configuration;
        Thread reader = new Thread(this::read, "serve-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ServeProcess start(URI model, URI rest, String configuration, String... flags) throws IOException {
        return start(model, rest, configuration, Map.of(), flags);
    }

    /** @param environment beside the account's credentials, or in place of them */
    static ServeProcess start(
            URI model, URI rest, String configuration, Map<String, String> environment, String... flags)
            throws IOException {
        Path file = file(configuration);
        ProcessBuilder builder = builder(model, rest, file, flags).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ServeProcess(builder.start(), file);
    }

    /** Its log goes to {@code log}, and few lines of it wait in the process. */
    static ServeProcess logging(Path log, URI model, URI rest, String configuration, String... flags)
            throws IOException {
        Path file = file(configuration);
        ProcessBuilder builder = builder(model, rest, file, flags).redirectError(log.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Dlog4j2.asyncLoggerRingBufferSize=128");
        return new ServeProcess(builder.start(), file);
    }

    /** Both its outputs go where the shell's {@code redirections} say, so it listens on ports that the test names. */
    static ServeProcess redirected(String redirections, URI model, URI rest, String configuration, String... flags)
            throws IOException {
        Path file = file(configuration);
        ProcessBuilder builder = builder(model, rest, file, flags);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirections, "sh"));
        command.addAll(builder.command());
        return new ServeProcess(builder.command(command).start(), file);
    }

    /** No file it writes may be longer than that: what a disk does that is full. */
    static ServeProcess withFilesUpTo(int kib, URI model, URI rest, String configuration, String... flags)
            throws IOException {
        Path file = file(configuration);
        ProcessBuilder builder = builder(model, rest, file, flags).redirectErrorStream(true);
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "serve"));
        limited.addAll(builder.command());
        return new ServeProcess(builder.command(limited).start(), file);
    }

    /** With a file system of its own mounted on {@code disk}, of {@code mib} in all; others see it {@link #through} the process. */
    static ServeProcess onADiskOf(int mib, Path disk, URI model, URI rest, String configuration, String... flags)
            throws IOException {
        Path file = file(configuration);
        ProcessBuilder builder = builder(model, rest, file, flags).redirectErrorStream(true);
        List<String> command = new ArrayList<>(OWN_MOUNTS);
        command.addAll(
                List.of("sh", "-c", "mount -t tmpfs -o size=" + mib + "m tmpfs '" + disk + "' && exec \"$@\"", "sh"));
        command.addAll(builder.command());
        return new ServeProcess(builder.command(command).start(), file);
    }

    /** Whether this machine lets its users have file systems of their own. */
    static boolean canMount() throws InterruptedException {
        List<String> command = new ArrayList<>(OWN_MOUNTS);
        command.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/mnt"));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** The file that this process knows as {@code path}. */
    Path through(Path path) {
        return Path.of("/proc/" + process.pid() + "/root" + path.toAbsolutePath());
    }

    private static Path file(String configuration) throws IOException {
        Path file = Files.createTempFile("ringdown", ".yaml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, configuration);
    }

    private static ProcessBuilder builder(URI model, URI rest, Path file, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                Path.of("target", "ringdown-all.jar").toString(),
                "serve",
                "--config=" + file,
                "--public-url=" + PUBLIC_URL,
                "--model-url=" + model,
                "--twilio-api-url=" + rest));
        command.addAll(List.of(flags));
        for (String port : List.of("--listen=", "--admin-listen=")) {
            if (command.stream().noneMatch(flag -> flag.startsWith(port))) {
                command.add(port + "127.0.0.1:0");
            }
        }
        if (command.stream().noneMatch(flag -> flag.startsWith("--journal-dir="))) {
            command.add("--journal-dir=");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TWILIO_ACCOUNT_SID", ACCOUNT.sid());
        builder.environment().put("TWILIO_AUTH_TOKEN", ACCOUNT.authToken());
        return builder;
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException ended) {
            lines.add("output ended: " + ended.getMessage());
        }
    }

    Route route() {
        return route(new InetSocketAddress("127.0.0.1", port(1)));
    }

    /** Through whatever listens there in its place. */
    static Route route(InetSocketAddress address) {
        return Route.webhook(PUBLIC_URL + "/twilio/voice", address);
    }

    URI operations(String path) {
        return URI.create("http://127.0.0.1:" + port(2) + path);
    }

    private int port(int group) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> lines.stream().anyMatch(line -> line.startsWith("ready for")));
        for (String line : lines) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.matches()) {
                return Integer.parseInt(matcher.group(group));
            }
        }
        throw new IllegalStateException("no port in " + lines);
    }

    /** Writes its configuration anew, or takes it away if null, and tells it to read it: SIGHUP. */
    void reload(String changed) throws IOException, InterruptedException {
        if (changed == null) {
            Files.delete(configuration);
        } else {
            Files.writeString(configuration, changed);
        }
        signal("HUP");
    }

    void awaitLine(String part) {
        await().atMost(Duration.ofSeconds(60)).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    /** By way of the webhook, asking for the agent {@code name}. */
    Route routeTo(String name) {
        return Route.webhook(PUBLIC_URL + "/twilio/voice?agent=" + name, new InetSocketAddress("127.0.0.1", port(1)));
    }

    InetSocketAddress address() {
        return route().address();
    }

    /** Sends any signal, by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        int told =
                new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
        if (told != 0) {
            throw new IllegalStateException("kill -" + name + " failed: exit=" + told);
        }
    }

    /** SIGKILL: it does nothing more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, which leaves its output open. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + lines);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
