package io.ringdown.bridge.settings;

import static io.ringdown.bridge.settings.Forms.*;
import static io.ringdown.bridge.settings.Key.Default.NONE;
import static io.ringdown.bridge.settings.Key.Default.of;
import static io.ringdown.bridge.settings.Key.Default.workedOut;
import static io.ringdown.bridge.settings.PemForms.authorities;
import static io.ringdown.bridge.settings.PemForms.certificateChain;
import static io.ringdown.bridge.settings.PemForms.privateKey;

import io.ringdown.bridge.settings.Key.Default;
import io.ringdown.bridge.settings.PemForms.FromFile;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of all keys. Reading, the help text and the documentation follow it. */
final class Keys {
    /** Where an agent's name goes in the paths of {@link #OF_NAMED_AGENTS}. */
    static final String NAMED_AGENT = "agents.<name>.";

    private static final List<Key<?>> TABLE = new ArrayList<>();
    private static final List<Key<?>> CALL_LIMITS = new ArrayList<>();

    private static final int MINUTE_MS = 60_000;
    private static final int HOUR_S = 3_600;

    // spotless:off
    static final Key<HostAndPort> LISTEN = key("listen", "RINGDOWN_LISTEN", of("0.0.0.0:8080"), address(), "carrier-facing HTTP and WebSocket");
    static final Key<URI> PUBLIC_URL = key("public_url", "RINGDOWN_PUBLIC_URL", NONE, baseUrl("https", "http"), "the URL by which the carrier reaches us: TwiML and signatures");
    static final Key<Integer> LANES = key("lanes", "RINGDOWN_LANES", workedOut("cores"), wholeNumber(1, 256), "lanes, a thread each");
    static final Key<Integer> MAX_CALLS = key("max_calls", "RINGDOWN_MAX_CALLS", workedOut("500 per lane"), wholeNumber(1, 1_000_000), "calls at the same time; callers beyond it hear busy");
    static final Key<Settings.Drain> DRAIN = key("drain", "RINGDOWN_DRAIN", of("playback"), oneOf(Settings.Drain.class), "a goodbye is over when the caller heard it, or when our queues are empty");
    static final Key<Settings.Idle> IDLE = key("idle", null, of("park"), oneOf(Settings.Idle.class), "what a lane with nothing to do does");
    static final Key<Integer> TICK_MS = key("tick_ms", "RINGDOWN_TICK_MS", of("10"), wholeNumber(0, 100), "messages gather for so long on a lane with 100 calls or more, shorter with fewer, not at all up to 20; 50 is the dense setting");
    static final Key<Optional<Path>> JOURNAL_DIR = key("journal_dir", "RINGDOWN_JOURNAL_DIR", of("journal"), path().orNone(), "where the journal is written; empty: off");

    static final Key<Integer> JOURNAL_RETENTION_DAYS = key("journal.retention_days", null, of("30"), wholeNumber(1, 3_650), "what the journal directory holds of calls is deleted after so many days");
    static final Key<Integer> JOURNAL_MAX_MB = key("journal.max_mb", null, of("2048"), wholeNumber(64, 1_000_000), "the oldest of the journal is deleted when it is more than this");
    static final Key<Boolean> JOURNAL_REDACT = key("journal.redact", null, of("false"), trueOrFalse(), "whether the journal, the records and the log leave out what was said");

    static final Key<URI> WEBHOOK_URL = key("webhook.url", "RINGDOWN_WEBHOOK_URL", NONE, WEBHOOK, "where the record of each call is posted at its end; needs journal_dir");
    static final Key<Secret> WEBHOOK_SECRET = key("webhook.secret", "RINGDOWN_WEBHOOK_SECRET", NONE, SECRET, "signs what is posted (HMAC-SHA256)");

    static final Key<FromFile<List<X509Certificate>>> TLS_CERTIFICATE = key("tls.certificate", "RINGDOWN_TLS_CERTIFICATE", NONE, certificateChain(), "certificate chain of the carrier-facing port, PEM; with tls.key it speaks TLS only");
    static final Key<FromFile<PrivateKey>> TLS_KEY = key("tls.key", "RINGDOWN_TLS_KEY", NONE, privateKey(), "private key of that certificate, PEM, PKCS#8");

    static final Key<HostAndPort> ADMIN_LISTEN = key("admin.listen", "RINGDOWN_ADMIN_LISTEN", of("127.0.0.1:9090"), address(), "operations: dashboard, metrics, health, API");
    static final Key<Secret> ADMIN_TOKEN = key("admin.token", "RINGDOWN_ADMIN_TOKEN", NONE, SECRET, "bearer token of the operations API; required when its address is not loopback");

    static final Key<URI> MODEL_URL = key("model.url", "RINGDOWN_MODEL_URL", of("wss://api.openai.com/v1/realtime"), url("wss", "ws"), "the model; its name is added as a query parameter");
    static final Key<String> MODEL_NAME = key("model.name", "RINGDOWN_MODEL", of("gpt-realtime"), name(), "model name");
    static final Key<Secret> MODEL_API_KEY = key("model.api_key", "OPENAI_API_KEY", NONE, SECRET, "bearer token of the model; required for wss");
    static final Key<FromFile<List<X509Certificate>>> MODEL_CA = key("model.ca", "RINGDOWN_MODEL_CA", workedOut("the JDK's"), authorities(), "certificates that a wss model's is checked against, PEM, in place of the JDK's");

    static final Key<URI> TWILIO_API_URL = key("twilio.api_url", "RINGDOWN_TWILIO_API_URL", of("https://api.twilio.com"), baseUrl("https", "http"), "base URL of the REST API");
    static final Key<String> TWILIO_ACCOUNT_SID = key("twilio.account_sid", "TWILIO_ACCOUNT_SID", NONE, accountSid(), "REST user");
    static final Key<Secret> TWILIO_AUTH_TOKEN = key("twilio.auth_token", "TWILIO_AUTH_TOKEN", NONE, SECRET, "REST password; also checks signatures");
    static final Key<Boolean> TWILIO_VALIDATE_SIGNATURE = key("twilio.validate_signature", "RINGDOWN_TWILIO_VALIDATE_SIGNATURE", of("true"), trueOrFalse(), "false turns signatures and one-time stream tokens off");

    static final Key<String> INSTRUCTIONS = agent("instructions", of("You answer a phone call. Be friendly and brief. When the caller has nothing more to ask, say goodbye."), text(), "what the model is told; {{caller}}, {{called}}, {{call_sid}} and {{<stream parameter>}} are filled in");
    static final Key<String> VOICE = agent("voice", of("marin"), name(), "voice of the model");
    static final Key<String> LANGUAGE = agent("language", of("en"), oneOf("en", "he"), "language of the clips and of the transcription");
    static final Key<String> TRANSCRIPTION_MODEL = agent("transcription_model", of("gpt-4o-mini-transcribe"), name(), "model that writes down the caller");
    static final Key<Optional<String>> GREETING = agent("greeting", of("Greet the caller briefly and ask how you can help."), text().orNone(), "instructions of the first response; empty: the model waits for the caller");
    static final Key<Boolean> GREETING_PROTECTION = agent("greeting_protection", of("true"), trueOrFalse(), "a goodbye phrase in the greeting does not hang up");
    static final Key<List<String>> GOODBYE_PHRASES = agent("goodbye_phrases", NONE, Form.list("list of phrases"), "goodbyes beside the shipped ones");
    static final Key<List<String>> VOICEMAIL_PHRASES = agent("voicemail_phrases", workedOut("shipped"), Form.list("list of phrases"), "phrases of voicemail greetings, in place of the shipped ones");
    static final Key<Path> SILENCE_TIMEOUT_CLIP = agent("clips.silence_timeout", workedOut("shipped"), clip(), "spoken before the hangup for silence");
    static final Key<Path> MAX_DURATION_CLIP = agent("clips.max_duration", workedOut("shipped"), clip(), "spoken when the call has lasted too long");
    static final Key<Path> MODEL_LOST_CLIP = agent("clips.model_lost", workedOut("shipped"), clip(), "spoken when the model is lost");
    static final Key<Path> GOODBYE_CLIP = agent("clips.goodbye", workedOut("shipped"), clip(), "spoken where the model cannot say goodbye itself");
    static final Key<OptionalInt> MAX_OUTPUT_TOKENS = agent("max_output_tokens", of("inf"), wholeNumberOrInf(1, 4_096), "tokens of one response");
    static final Key<Double> VAD_THRESHOLD = agent("vad.threshold", of("0.5"), decimal(0, 1), "how sure the model must be that it hears speech");
    static final Key<Integer> VAD_PREFIX_PADDING_MS = agent("vad.prefix_padding_ms", of("300"), wholeNumber(0, 5_000), "audio kept from before speech was noticed");
    static final Key<Integer> VAD_SILENCE_DURATION_MS = agent("vad.silence_duration_ms", of("500"), wholeNumber(50, 10_000), "silence that ends the caller's turn");
    static final Key<OptionalInt> AGENT_MAX_CALLS = agent("max_calls", of("inf"), wholeNumberOrInf(1, 1_000_000), "calls of one agent at the same time; callers beyond it hear busy");

    static final Key<Integer> LEAD_MS = callLimit("lead_ms", 400, 20, 5_000, "how far the carrier is kept ahead of real time");
    static final Key<Integer> MARK_SLACK_MS = callLimit("mark_slack_ms", 1_000, 0, MINUTE_MS, "a mark later than its playout by this is lost");
    static final Key<Integer> RESPONSE_DONE_WAIT_MS = callLimit("response_done_wait_ms", 500, 0, MINUTE_MS, "wait for response.done when all else of a goodbye holds");
    static final Key<Integer> CARRIER_STALL_MS = callLimit("carrier_stall_ms", 5_000, 100, MINUTE_MS, "a carrier socket without progress for this long is dead");
    static final Key<Integer> MAX_DURATION_S = callLimit("max_duration_s", 600, 1, 24 * HOUR_S, "a call lasting this long is ended politely");
    static final Key<Integer> MAX_DURATION_GRACE_S = callLimit("max_duration_grace_s", 20, 0, 600, "and this much later it is ended hard");
    static final Key<Integer> SILENCE_TIMEOUT_S = callLimit("silence_timeout_s", 20, 1, HOUR_S, "silence after playout, no tool pending, that ends the call");
    static final Key<Integer> START_TIMEOUT_MS = limit("start_timeout_ms", 5_000, 100, MINUTE_MS, "wait for START after the upgrade");
    static final Key<Integer> MODEL_CONNECT_TIMEOUT_MS = callLimit("model_connect_timeout_ms", 5_000, 100, MINUTE_MS, "wait for the model's connection");
    static final Key<Integer> SESSION_TIMEOUT_MS = callLimit("session_timeout_ms", 3_000, 100, MINUTE_MS, "then wait for session.updated");
    static final Key<Integer> HELD_CALLER_AUDIO_MS = limit("held_caller_audio_ms", 2_000, 0, 30_000, "caller audio held until then, the oldest dropped");
    static final Key<Integer> GOODBYE_ANSWER_TIMEOUT_MS = callLimit("goodbye_answer_timeout_ms", 10_000, 100, MINUTE_MS, "hang up when the answer to a caller's goodbye has none");
    static final Key<Integer> CANCELLED_GOODBYE_TIMEOUT_MS = callLimit("cancelled_goodbye_timeout_ms", 5_000, 100, MINUTE_MS, "wait for a transcript of what cancelled a goodbye");
    static final Key<Integer> TOOL_TIMEOUT_MS = callLimit("tool_timeout_ms", 10_000, 100, 10 * MINUTE_MS, "a tool call pending for this long has failed");
    static final Key<Integer> MAX_TOOL_CALLS = callLimit("max_tool_calls", 16, 1, 1_000, "tool calls of one call that are answered; then the model is told to stop");
    static final Key<Integer> DRAIN_AT_SHUTDOWN_S = limit("drain_at_shutdown_s", 60, 0, HOUR_S, "calls may go on for this long after SIGTERM");
    static final Key<Integer> REST_TIMEOUT_MS = limit("rest_timeout_ms", 3_000, 100, MINUTE_MS, "of each try of a REST request");
    static final Key<Integer> VOICEMAIL_WINDOW_S = callLimit("voicemail_window_s", 20, 0, 600, "voicemail is looked for from the start for this long");
    static final Key<Integer> LATE_MS = limit("late_ms", 400, 50, MINUTE_MS, "while every lane turns later than this, new callers hear busy");

    static final Key<List<String>> CALLED = ofNamedAgent("called", NONE, phoneNumbers(), "numbers whose calls this agent answers");
    static final Key<String> AGENT_MODEL = ofNamedAgent("model", workedOut("model.name"), name(), "model name of this agent");
    // spotless:on

    /** What has one value for the server, or for the agent {@code default}. */
    static final List<Key<?>> ALL = List.copyOf(TABLE);

    /** The limits that each agent may have of its own. */
    static final List<Key<?>> OF_A_CALL = List.copyOf(CALL_LIMITS);

    /** What an agent of {@code agents} has beside all that the agent {@code default} has. */
    static final List<Key<?>> OF_NAMED_AGENTS = List.of(CALLED, AGENT_MODEL);

    private Keys() {}

    private static <T> Key<T> key(String path, String variable, Default given, Form<T> form, String meaning) {
        Key<T> key = new Key<>(path, variable, given, form, meaning);
        TABLE.add(key);
        return key;
    }

    private static <T> Key<T> agent(String name, Default given, Form<T> form, String meaning) {
        return key("agent." + name, null, given, form, meaning);
    }

    private static <T> Key<T> ofNamedAgent(String name, Default given, Form<T> form, String meaning) {
        return new Key<>(NAMED_AGENT + name, null, given, form, meaning);
    }

    private static Key<Integer> callLimit(String name, int given, int min, int max, String meaning) {
        Key<Integer> key = limit(name, given, min, max, meaning);
        CALL_LIMITS.add(key);
        return key;
    }

    /** Of the whole server, the same for all agents. */
    private static Key<Integer> limit(String name, int given, int min, int max, String meaning) {
        return key("limits." + name, null, of(Integer.toString(given)), wholeNumber(min, max), meaning);
    }
}
