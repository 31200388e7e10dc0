package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.carrier.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ringdown serve} as a process of its own, from the classes this one runs on. It never outlives this process. */
final class BridgeProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+) for the carrier.*");
    private static final int STOP_S = 5;

    private final Process process;
    private final InetSocketAddress address;
    private final Thread killer;

    private BridgeProcess(Process process, InetSocketAddress address, Thread killer) {
        this.process = process;
        this.address = address;
        this.killer = killer;
    }

    /** Starts it and waits until it takes calls. */
    static BridgeProcess start(String publicUrl, URI model, URI rest, Account account, int maxCalls)
            throws IOException {
        Path configuration = Files.createTempFile("ringdown-load", ".yaml");
        Files.writeString(configuration, "agent:\n  instructions: 'call {{call_sid}}'\n  greeting_protection: false\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                ManagementFactory.getRuntimeMXBean().getClassPath(),
                "io.ringdown.bridge.Ringdown",
                "serve",
                "--config=" + configuration,
                "--listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--public-url=" + publicUrl,
                "--model-url=" + model,
                "--twilio-api-url=" + rest,
                "--max-calls=" + maxCalls));
        builder.environment().put("TWILIO_ACCOUNT_SID", account.sid());
        builder.environment().put("TWILIO_AUTH_TOKEN", account.authToken());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            return new BridgeProcess(process, listening(process), killer);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        } finally {
            Files.delete(configuration);
        }
    }

    private static InetSocketAddress listening(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.matches()) {
                return new InetSocketAddress("127.0.0.1", Integer.parseInt(matcher.group(1)));
            }
        }
        throw new IOException("the bridge did not start: its output ended without a port");
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
