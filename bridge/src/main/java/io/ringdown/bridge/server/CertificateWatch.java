package io.ringdown.bridge.server;

import io.ringdown.bridge.net.Tls;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.settings.SettingsException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a new certificate on the carrier's port once its files have changed and hold still; what cannot be used is said
 * once, and the old one stays. It compares what the files hold, so it does not matter how they are replaced. On a thread of
 * its own, since a disk may hang.
 */
final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long LOOK_S = 2;

    private final Tls tls;
    private final ScheduledExecutorService thread;
    private Settings.Tls shown;
    private byte[] tried = {};
    private byte[] seen = {};

    private CertificateWatch(Settings.Tls shown, Tls tls) {
        this.shown = shown;
        this.tls = tls;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "certificates");
            own.setDaemon(true);
            return own;
        });
    }

    /** Watches from now on. {@code tls} shows {@code shown}. */
    static CertificateWatch start(Settings.Tls shown, Tls tls) {
        CertificateWatch watch = new CertificateWatch(shown, tls);
        watch.thread.scheduleWithFixedDelay(watch::lookSafely, LOOK_S, LOOK_S, TimeUnit.SECONDS);
        return watch;
    }

    /** A task that throws would never run again. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("cannot look at the certificate's files", e);
        }
    }

    /** Files that differ from the last look are perhaps half written, or one is new and its fellow is not. */
    private void look() {
        byte[] now = shown.files().fingerprint();
        boolean still = Arrays.equals(now, seen);
        seen = now;
        if (still && !Arrays.equals(now, tried)) {
            tried = now;
            renew();
        }
    }

    private void renew() {
        try {
            Settings.Tls read = shown.files().read();
            if (!read.equals(shown)) {
                tls.show(read.key(), read.chain());
                shown = read;
                X509Certificate first = read.chain().get(0);
                LOG.info(
                        "tls: new connections see {} until {}",
                        first.getSubjectX500Principal(),
                        LocalDate.ofInstant(first.getNotAfter().toInstant(), ZoneOffset.UTC));
            }
        } catch (SettingsException | SSLException e) {
            LOG.warn("tls: the certificate's files changed and cannot be used, the old one stays: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
