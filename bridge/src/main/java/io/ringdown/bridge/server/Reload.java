package io.ringdown.bridge.server;

import io.ringdown.bridge.settings.Configuration;
import io.ringdown.bridge.settings.SettingsException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and hands its agents to the server; live calls keep theirs. What is wrong in any part is
 * refused whole. Everything but agents is read at the start only, so that a change there is named and waits. One thread.
 */
public final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Server server;
    private final Configuration started;
    private final Supplier<Configuration> reading;

    /**
     * @param started what the server was started with
     * @param reading reads the same sources again
     */
    public Reload(Server server, Configuration started, Supplier<Configuration> reading) {
        this.server = server;
        this.started = started;
        this.reading = reading;
    }

    /** Waits for SIGHUP, over and over, on a thread of its own that ends with the process. */
    public void follow(Signals signals) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            signals.awaitReload();
                            run();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "reload");
        thread.setDaemon(true);
        thread.start();
    }

    void run() {
        server.audit().signalled("reload", isTaken() ? "accepted" : "refused");
    }

    private boolean isTaken() {
        try {
            Configuration read = reading.get();
            server.useAgents(read.settings().agents().values());
            read.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
            List<String> waiting = started.differingFromServerOf(read);
            if (!waiting.isEmpty()) {
                LOG.warn("configuration read again: a restart is needed for {}", String.join(", ", waiting));
            }
            LOG.info(
                    "agents read again: {}",
                    String.join(", ", read.settings().agents().keySet()));
            return true;
        } catch (SettingsException e) {
            e.problems().forEach(problem -> LOG.error("configuration refused: {}", problem));
            LOG.error("the agents stay as they were");
        } catch (RuntimeException | Error e) { // whatever it is, the next SIGHUP is to be heard
            LOG.error("configuration refused; the agents stay as they were", e);
        }
        return false;
    }
}
