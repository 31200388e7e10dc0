package io.ringdown.bridge.load.soak;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A simulated model in a process of its own, always on the same port, however often it was killed. One thread. */
final class KillableModel implements AutoCloseable {
    private final long seed;
    private final File log;
    private Process process;
    private URI uri;
    private int kills;

    private KillableModel(long seed, File log) {
        this.seed = seed;
        this.log = log;
    }

    /** @throws IOException with the log's name, when it does not come up */
    static KillableModel start(long seed, Path log) throws IOException {
        KillableModel model = new KillableModel(seed, log.toFile());
        model.begin(0);
        return model;
    }

    private void begin(int port) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ModelProcess.class.getName(),
                        Integer.toString(port),
                        Long.toString(seed + kills))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        if (line == null || !line.startsWith(ModelProcess.LISTENING)) {
            throw new IOException("the model did not start: " + log);
        }
        uri = URI.create(line.substring(ModelProcess.LISTENING.length()));
    }

    URI uri() {
        return uri;
    }

    int kills() {
        return kills;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        kills++;
    }

    /** Waits until it is back. */
    void revive() throws IOException, InterruptedException {
        process.waitFor();
        begin(uri.getPort());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
