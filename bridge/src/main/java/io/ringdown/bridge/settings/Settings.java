package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.PemForms.FromFile;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an operator has set, read once at the start. Immutable, shared by all threads. What each value means and
 * may be stands in the table {@link Keys}; its {@code toString} shows no secret.
 *
 * @param publicUrl without a slash at its end; present whenever signatures are validated
 * @param journalDir empty: no journal
 * @param retentionDays of what is in the journal directory
 * @param webhook present only with a journal directory
 * @param tls of the carrier-facing port; empty: it is plain
 * @param agents by name, in the order of the file, {@link Agent#DEFAULT} first
 * @param limits of the whole server, and of the default agent's calls
 */
public record Settings(
        HostAndPort listen,
        Optional<URI> publicUrl,
        int lanes,
        int maxCalls,
        Drain drain,
        Idle idle,
        int tickMs,
        Optional<Path> journalDir,
        int retentionDays,
        Journal journal,
        Optional<Webhook> webhook,
        Optional<Tls> tls,
        Admin admin,
        Model model,
        Twilio twilio,
        Map<String, Agent> agents,
        Limits limits) {
    private static final int CALLS_PER_LANE = 500;

    /**
     * Reads {@code ringdown.yaml}, under the environment, under the flags.
     *
     * @param configFile must exist; when empty, {@code ringdown.yaml} of the working directory is read if there is one
     * @param flags by {@link Key#flag()}, dashes included
     * @throws SettingsException with every problem there is
     */
    public static Settings load(Optional<Path> configFile, Map<String, String> environment, Map<String, String> flags) {
        return Configuration.read(configFile, environment, flags).settings();
    }

    /** All there is to set, in the order in which one would explain it. */
    public static List<Key<?>> keys() {
        return Keys.ALL;
    }

    static Settings from(Values values, Map<String, Values> named) {
        int lanes = values.find(Keys.LANES).orElse(Runtime.getRuntime().availableProcessors());
        return new Settings(
                values.get(Keys.LISTEN),
                values.find(Keys.PUBLIC_URL),
                lanes,
                values.find(Keys.MAX_CALLS).orElse(CALLS_PER_LANE * lanes),
                values.get(Keys.DRAIN),
                values.get(Keys.IDLE),
                values.get(Keys.TICK_MS),
                values.get(Keys.JOURNAL_DIR),
                values.get(Keys.JOURNAL_RETENTION_DAYS),
                new Journal(values.get(Keys.JOURNAL_REDACT), values.get(Keys.JOURNAL_MAX_MB)),
                Webhook.from(values),
                Tls.from(values),
                new Admin(values.get(Keys.ADMIN_LISTEN), values.find(Keys.ADMIN_TOKEN)),
                Model.from(values),
                Twilio.from(values),
                agents(values, named),
                Limits.from(values));
    }

    private static Map<String, Agent> agents(Values values, Map<String, Values> named) {
        Map<String, Agent> agents = new LinkedHashMap<>();
        agents.put(Agent.DEFAULT, Agent.from(Agent.DEFAULT, values));
        named.forEach((name, own) -> agents.put(name, Agent.from(name, own)));
        return Collections.unmodifiableMap(agents);
    }

    /** Who answers what no other agent does. */
    public Agent agent() {
        return agents.get(Agent.DEFAULT);
    }

    /** When a goodbye is over: heard by the caller, or out of our queues. */
    public enum Drain {
        PLAYBACK,
        QUEUES
    }

    /** What a lane with nothing to do does: parks in its selector, or keeps its core busy. */
    public enum Idle {
        PARK,
        SPIN
    }

    /** What the journal may hold: whether words, and how much in all. */
    public record Journal(boolean redact, int maxMb) {}

    /** Where the record of each call is posted; {@code secret} signs it, where there is one. */
    public record Webhook(URI url, Optional<Secret> secret) {
        private static Optional<Webhook> from(Values values) {
            return values.find(Keys.WEBHOOK_URL).map(url -> new Webhook(url, values.find(Keys.WEBHOOK_SECRET)));
        }
    }

    /**
     * Whom the carrier-facing port shows itself as: a chain whose first certificate is that of {@code key}.
     *
     * @param files where both stood, and where their successors will
     */
    public record Tls(List<X509Certificate> chain, PrivateKey key, PemPair files) {
        private static Optional<Tls> from(Values values) {
            return values.find(Keys.TLS_CERTIFICATE)
                    .map(chain -> from(chain, values.find(Keys.TLS_KEY).orElseThrow()));
        }

        private static Tls from(FromFile<List<X509Certificate>> chain, FromFile<PrivateKey> key) {
            return new Tls(chain.content(), key.content(), new PemPair(chain.file(), key.file()));
        }

        /** Without the key, which would show itself. */
        @Override
        public String toString() {
            return "Tls[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }

    /** The operations side; {@code token} is present whenever others than this machine can reach it. */
    public record Admin(HostAndPort listen, Optional<Secret> token) {}

    /**
     * The model's address and credentials; without a key no Authorization header is sent.
     *
     * @param ca what its certificate is checked against; empty: what the JDK trusts
     */
    public record Model(URI url, String name, Optional<Secret> apiKey, List<X509Certificate> ca) {
        private static Model from(Values values) {
            return new Model(
                    values.get(Keys.MODEL_URL),
                    values.get(Keys.MODEL_NAME),
                    values.find(Keys.MODEL_API_KEY),
                    values.find(Keys.MODEL_CA).map(FromFile::content).orElse(List.of()));
        }
    }

    /**
     * The carrier. {@code apiUrl} has no slash at its end; {@code authToken} is present whenever signatures are
     * validated. Where the SID or the token is missing there is no REST, and a hangup closes the stream.
     */
    public record Twilio(
            URI apiUrl, Optional<String> accountSid, Optional<Secret> authToken, boolean validateSignature) {
        private static Twilio from(Values values) {
            return new Twilio(
                    values.get(Keys.TWILIO_API_URL),
                    values.find(Keys.TWILIO_ACCOUNT_SID),
                    values.find(Keys.TWILIO_AUTH_TOKEN),
                    values.get(Keys.TWILIO_VALIDATE_SIGNATURE));
        }
    }

    /** Files to speak in place of the shipped clips; they could be read at the start. */
    public record Clips(
            Optional<Path> silenceTimeout,
            Optional<Path> maxDuration,
            Optional<Path> modelLost,
            Optional<Path> goodbye) {
        static Clips from(Values values) {
            return new Clips(
                    values.find(Keys.SILENCE_TIMEOUT_CLIP),
                    values.find(Keys.MAX_DURATION_CLIP),
                    values.find(Keys.MODEL_LOST_CLIP),
                    values.find(Keys.GOODBYE_CLIP));
        }
    }

    /** How the model finds the turns of the caller (OpenAI Realtime, {@code server_vad}). */
    public record Vad(double threshold, int prefixPaddingMs, int silenceDurationMs) {
        static Vad from(Values values) {
            return new Vad(
                    values.get(Keys.VAD_THRESHOLD),
                    values.get(Keys.VAD_PREFIX_PADDING_MS),
                    values.get(Keys.VAD_SILENCE_DURATION_MS));
        }
    }

    /** Bounds of every wait and amount of a call. */
    public record Limits(
            int leadMs,
            int markSlackMs,
            int responseDoneWaitMs,
            int carrierStallMs,
            int maxDurationS,
            int maxDurationGraceS,
            int silenceTimeoutS,
            int startTimeoutMs,
            int modelConnectTimeoutMs,
            int sessionTimeoutMs,
            int heldCallerAudioMs,
            int goodbyeAnswerTimeoutMs,
            int cancelledGoodbyeTimeoutMs,
            int toolTimeoutMs,
            int maxToolCalls,
            int drainAtShutdownS,
            int restTimeoutMs,
            int voicemailWindowS,
            int lateMs) {
        static Limits from(Values values) {
            return new Limits(
                    values.get(Keys.LEAD_MS),
                    values.get(Keys.MARK_SLACK_MS),
                    values.get(Keys.RESPONSE_DONE_WAIT_MS),
                    values.get(Keys.CARRIER_STALL_MS),
                    values.get(Keys.MAX_DURATION_S),
                    values.get(Keys.MAX_DURATION_GRACE_S),
                    values.get(Keys.SILENCE_TIMEOUT_S),
                    values.get(Keys.START_TIMEOUT_MS),
                    values.get(Keys.MODEL_CONNECT_TIMEOUT_MS),
                    values.get(Keys.SESSION_TIMEOUT_MS),
                    values.get(Keys.HELD_CALLER_AUDIO_MS),
                    values.get(Keys.GOODBYE_ANSWER_TIMEOUT_MS),
                    values.get(Keys.CANCELLED_GOODBYE_TIMEOUT_MS),
                    values.get(Keys.TOOL_TIMEOUT_MS),
                    values.get(Keys.MAX_TOOL_CALLS),
                    values.get(Keys.DRAIN_AT_SHUTDOWN_S),
                    values.get(Keys.REST_TIMEOUT_MS),
                    values.get(Keys.VOICEMAIL_WINDOW_S),
                    values.get(Keys.LATE_MS));
        }
    }
}
