package io.ringdown.bridge.simulator.model;

import io.ringdown.bridge.simulator.model.Part.Speech;
import io.ringdown.bridge.simulator.model.Part.ToolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One response of the model: what it says or calls, and how that comes down the wire. Immutable; each method returns
 * a changed copy, so replies can be kept and varied. Audio arrays are not copied: do not write to them afterwards.
 *
 * <p>Unless told otherwise a reply comes in deltas of 2,000 bytes (250 ms), five times faster than it is spoken, and ends with audio.done,
 * transcript.done, the part's and item's done and {@code response.done} completed.
 */
public final class Reply {
    private static final int USUAL_DELTA_BYTES = 2_000;
    private static final double USUAL_SPEED = 5;

    private List<Part> parts = List.of();
    private int[] deltaBytes = {USUAL_DELTA_BYTES};
    private double speed = USUAL_SPEED;
    private List<Ending> endings = List.of(Ending.values());
    private boolean endingsChosen;
    private Map<Ending, Integer> delaysMs = Map.of();
    private Outcome outcome = Outcome.COMPLETED;
    private List<Incident> incidents = List.of();
    private int trailingBytes;
    private int lateMs;
    private int createdAfterMs;

    private Reply() {}

    private Reply(Reply original) {
        parts = original.parts;
        deltaBytes = original.deltaBytes;
        speed = original.speed;
        endings = original.endings;
        endingsChosen = original.endingsChosen;
        delaysMs = original.delaysMs;
        outcome = original.outcome;
        incidents = original.incidents;
        trailingBytes = original.trailingBytes;
        lateMs = original.lateMs;
        createdAfterMs = original.createdAfterMs;
    }

    /** Final status of a response; {@code detail} is its reason, or the error code of a failed one. */
    record Outcome(String status, String detail) {
        static final Outcome COMPLETED = new Outcome("completed", null);
    }

    /** A mishap behind so much audio of the whole reply, or, when {@code after} is set, behind that event. */
    record Incident(int audioMs, Ending after, Mishap mishap) {}

    /** Says {@code mulaw}. A null transcript means that no transcript events come at all. */
    public static Reply saying(String transcript, byte[] mulaw) {
        return new Reply().andSaying(transcript, mulaw);
    }

    /** A transcript without any audio. */
    public static Reply textOnly(String transcript) {
        return saying(transcript, new byte[0]);
    }

    /** Calls a tool and says nothing; {@code arguments} is a JSON text. */
    public static Reply calling(String tool, String arguments) {
        return new Reply().andCalling(tool, arguments);
    }

    /** A response that fails before it has produced anything, with {@code status_details.error.code}. */
    public static Reply failing(String code) {
        return new Reply().endingFailed(code);
    }

    /** A further audio item in the same response. */
    public Reply andSaying(String transcript, byte[] mulaw) {
        return with(reply -> reply.parts = plus(parts, new Speech(mulaw, transcript)));
    }

    /** A tool call in the same response. */
    public Reply andCalling(String tool, String arguments) {
        return with(reply -> reply.parts = plus(parts, new ToolCall(tool, arguments)));
    }

    /** All items so far, so many times over in one response. */
    public Reply times(int count) {
        List<Part> repeated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            repeated.addAll(parts);
        }
        return with(reply -> reply.parts = List.copyOf(repeated));
    }

    /** Sizes of the deltas in μ-law bytes, used in turn; the last delta of an item holds what is left. */
    public Reply inDeltasOf(int... bytes) {
        if (bytes.length == 0 || Arrays.stream(bytes).anyMatch(size -> size <= 0)) {
            throw new IllegalArgumentException("not delta sizes: bytes=" + Arrays.toString(bytes));
        }
        return with(reply -> reply.deltaBytes = bytes.clone());
    }

    /** Deltas as seen in the field: 84 % of 2,000 bytes, the others of any size up to 4,000. */
    public Reply inUnevenDeltas(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] sizes = random.ints(50, 0, 100)
                .map(percent -> percent < 84 ? USUAL_DELTA_BYTES : random.nextInt(1, 2 * USUAL_DELTA_BYTES + 1))
                .toArray();
        return inDeltasOf(sizes);
    }

    /** Audio is sent this many times faster than it is spoken. */
    public Reply atSpeed(double timesRealTime) {
        if (!(timesRealTime > 0)) {
            throw new IllegalArgumentException("not a speed: timesRealTime=" + timesRealTime);
        }
        return with(reply -> reply.speed = timesRealTime);
    }

    public Reply allAtOnce() {
        return atSpeed(Double.POSITIVE_INFINITY);
    }

    /** Waits between the client's response.create and {@code response.created}; a cancel in that time finds nothing active. */
    public Reply createdAfterMs(int ms) {
        return with(reply -> reply.createdAfterMs = ms);
    }

    /**
     * Exactly these ending events in this order: one left out is never sent, one named twice is sent twice.
     * {@code RESPONSE_DONE} comes last, whether named or not, unless it is named earlier.
     */
    public Reply endingWith(Ending... order) {
        List<Ending> chosen = List.of(order);
        boolean closes = chosen.contains(Ending.RESPONSE_DONE);
        return with(reply -> {
            reply.endings = closes ? chosen : plus(chosen, Ending.RESPONSE_DONE);
            reply.endingsChosen = true;
        });
    }

    /** The ending events in a random order, each up to {@code maxGapMs} behind the one before; {@code response.done} last. */
    public Reply endingShuffled(long seed, int maxGapMs) {
        Random random = new Random(seed);
        List<Ending> order = new ArrayList<>(List.of(Ending.values()));
        order.remove(Ending.RESPONSE_DONE);
        Collections.shuffle(order, random);
        Map<Ending, Integer> gaps = new EnumMap<>(Ending.class);
        for (Ending ending : Ending.values()) {
            gaps.put(ending, random.nextInt(maxGapMs + 1));
        }
        return with(reply -> {
            reply.endings = plus(order, Ending.RESPONSE_DONE);
            reply.delaysMs = gaps;
        });
    }

    /** Waits so long before that ending event. */
    public Reply delaying(Ending ending, int ms) {
        Map<Ending, Integer> delays = new EnumMap<>(Ending.class);
        delays.putAll(delaysMs);
        delays.put(ending, ms);
        return with(reply -> reply.delaysMs = delays);
    }

    /** The response ends, but its {@code response.done} is never sent. */
    public Reply withoutResponseDone() {
        return with(reply -> {
            reply.endings = reply.endings.stream()
                    .filter(ending -> ending != Ending.RESPONSE_DONE)
                    .toList();
            reply.endingsChosen = true;
        });
    }

    /** Ends as the model's own cancellation, for instance {@code turn_detected}. */
    public Reply endingCancelled(String reason) {
        return with(reply -> reply.outcome = new Outcome("cancelled", reason));
    }

    /** Ends incomplete: {@code max_output_tokens} or {@code content_filter}. */
    public Reply endingIncomplete(String reason) {
        return with(reply -> reply.outcome = new Outcome("incomplete", reason));
    }

    public Reply endingFailed(String code) {
        return with(reply -> reply.outcome = new Outcome("failed", code));
    }

    /** That much audio at the end of each item comes behind its audio.done. */
    public Reply trailingAfterAudioDone(int bytes) {
        return with(reply -> reply.trailingBytes = bytes);
    }

    /** After a cancel, deltas keep coming for so long before the response ends. */
    public Reply lateForMs(int ms) {
        return with(reply -> reply.lateMs = ms);
    }

    /** A mishap once so much of the reply's audio has been sent; 0 is before the first delta. */
    public Reply atAudioMs(int audioMs, Mishap mishap) {
        return with(reply -> reply.incidents = plus(incidents, new Incident(audioMs, null, mishap)));
    }

    /** A mishap right after that event of the reply's last item. */
    public Reply after(Ending ending, Mishap mishap) {
        return with(reply -> reply.incidents = plus(incidents, new Incident(0, ending, mishap)));
    }

    List<Part> parts() {
        return parts;
    }

    int deltaBytes(int ordinal) {
        return deltaBytes[ordinal % deltaBytes.length];
    }

    double speed() {
        return speed;
    }

    List<Ending> endings() {
        return endings;
    }

    /** Whether a test named the endings, so that not even a senseless one is left out. */
    boolean endingsChosen() {
        return endingsChosen;
    }

    int delayMs(Ending ending) {
        return delaysMs.getOrDefault(ending, 0);
    }

    Outcome outcome() {
        return outcome;
    }

    List<Incident> incidents() {
        return incidents;
    }

    int trailingBytes() {
        return trailingBytes;
    }

    int lateMs() {
        return lateMs;
    }

    int createdAfterMs() {
        return createdAfterMs;
    }

    private Reply with(Consumer<Reply> change) {
        Reply copy = new Reply(this);
        change.accept(copy);
        return copy;
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }
}
