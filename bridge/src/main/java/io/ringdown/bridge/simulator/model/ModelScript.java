package io.ringdown.bridge.simulator.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a simulated model does in one session. Immutable, so one script serves any number of sessions; each method
 * returns a changed copy.
 *
 * <p>Each list of replies is used in order, and its last entry again and again after that; a list left empty falls back
 * to a short, silent "Hello.".
 */
public final class ModelScript {
    private static final Reply FALLBACK = Reply.saying("Hello.", silence(400));

    private List<Reply> greetings = List.of();
    private List<Turn> turns = List.of();
    private List<Reply> afterTools = List.of();
    private List<Reply> prompted = List.of();
    private Configuring configuring = Configuring.accepting();
    private boolean hearing = true;
    private boolean betaNames;
    private boolean keepingAudio = true;
    private CallerAudioListener listener = (session, mulaw, atNs) -> {};

    private ModelScript() {}

    private ModelScript(ModelScript original) {
        greetings = original.greetings;
        turns = original.turns;
        afterTools = original.afterTools;
        prompted = original.prompted;
        configuring = original.configuring;
        hearing = original.hearing;
        betaNames = original.betaNames;
        keepingAudio = original.keepingAudio;
        listener = original.listener;
    }

    /** A caller's turn: what the model believes to have heard, and its answer. */
    record Turn(Heard heard, Reply reply) {}

    /** Told of each append as it arrives, in the session's event loop: return quickly. The array is not used again. */
    @FunctionalInterface
    public interface CallerAudioListener {
        void onCallerAudio(ModelSession session, byte[] mulaw, long atNs);

        /** A delta has been handed to the socket. */
        default void onSpeech(ModelSession session, int mulawBytes, long atNs) {}
    }

    /** The transcription of a caller's turn: text, nothing at all, or a failure, so long after {@code committed}. */
    public record Heard(String text, String errorCode, int afterMs) {

        public static Heard text(String text) {
            return new Heard(text, null, 0);
        }

        /** No transcription event is ever sent. */
        public static Heard nothing() {
            return new Heard(null, null, 0);
        }

        public static Heard failing(String errorCode) {
            return new Heard(null, errorCode, 0);
        }

        public Heard after(int ms) {
            return new Heard(text, errorCode, ms);
        }
    }

    /** How each {@code session.update} is answered, {@code delayMs} after it came. */
    public record Configuring(Answer answer, String errorCode, int delayMs) {

        enum Answer {
            ACCEPT,
            REFUSE,
            MISMATCH,
            IGNORE
        }

        public static Configuring accepting() {
            return new Configuring(Answer.ACCEPT, null, 0);
        }

        public static Configuring refusing(String errorCode) {
            return new Configuring(Answer.REFUSE, errorCode, 0);
        }

        /** {@code session.updated} comes, but the output stays 24 kHz PCM, and so does the sound. */
        public static Configuring mismatching() {
            return new Configuring(Answer.MISMATCH, null, 0);
        }

        /** No answer, no effect. */
        public static Configuring ignoring() {
            return new Configuring(Answer.IGNORE, null, 0);
        }

        public Configuring after(int ms) {
            return new Configuring(answer, errorCode, ms);
        }
    }

    public static ModelScript script() {
        return new ModelScript();
    }

    /** The answer to a {@code response.create} that comes before any caller's turn. */
    public ModelScript greeting(Reply reply) {
        return with(script -> script.greetings = List.of(reply));
    }

    /** The next turn of the caller and the answer to it. */
    public ModelScript turn(String heard, Reply reply) {
        return turn(Heard.text(heard), reply);
    }

    public ModelScript turn(Heard heard, Reply reply) {
        return with(script -> script.turns = plus(turns, new Turn(heard, reply)));
    }

    /** The answer to the next {@code response.create} that follows a tool's output; without any, as when prompted. */
    public ModelScript afterTool(Reply reply) {
        return with(script -> script.afterTools = plus(afterTools, reply));
    }

    /** The answer to the next {@code response.create} that follows nothing: a farewell asked for, a nudge. */
    public ModelScript whenPrompted(Reply reply) {
        return with(script -> script.prompted = plus(prompted, reply));
    }

    public ModelScript configuring(Configuring how) {
        return with(script -> script.configuring = how);
    }

    /** The model does not listen by itself; a test says when the caller speaks. */
    public ModelScript deaf() {
        return with(script -> script.hearing = false);
    }

    /** The event names of before the GA release, as older clones still send them. */
    public ModelScript betaNames() {
        return with(script -> script.betaNames = true);
    }

    /** Keeps only counts of the caller's audio, and nothing of the model's deltas, for load: a minute would be 480 kB a session. */
    public ModelScript countingAudioOnly() {
        return with(script -> script.keepingAudio = false);
    }

    public ModelScript onCallerAudio(CallerAudioListener listener) {
        return with(script -> script.listener = listener);
    }

    Reply greetingReply() {
        return pick(greetings, 0, FALLBACK);
    }

    Turn turn(int ordinal) {
        return pick(turns, ordinal, new Turn(Heard.text(""), FALLBACK));
    }

    Reply afterToolReply(int ordinal) {
        return afterTools.isEmpty() ? promptedReply(ordinal) : pick(afterTools, ordinal, FALLBACK);
    }

    Reply promptedReply(int ordinal) {
        return pick(prompted, ordinal, FALLBACK);
    }

    Configuring configuring() {
        return configuring;
    }

    boolean hearing() {
        return hearing;
    }

    boolean usesBetaNames() {
        return betaNames;
    }

    boolean keepsAudio() {
        return keepingAudio;
    }

    CallerAudioListener listener() {
        return listener;
    }

    private ModelScript with(Consumer<ModelScript> change) {
        ModelScript copy = new ModelScript(this);
        change.accept(copy);
        return copy;
    }

    private static <T> T pick(List<T> list, int ordinal, T fallback) {
        return list.isEmpty() ? fallback : list.get(Math.min(ordinal, list.size() - 1));
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }

    private static byte[] silence(int ms) {
        byte[] mulaw = new byte[ms * MuLaw.BYTES_PER_MS];
        Arrays.fill(mulaw, (byte) 0xFF);
        return mulaw;
    }
}
