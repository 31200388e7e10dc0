package io.ringdown.bridge.demo;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CallMoment.Kind;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.MarkEcho;
import io.ringdown.bridge.simulator.carrier.SentFrames;
import io.ringdown.bridge.simulator.carrier.Speech;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a call did end, as seen by the neighbours of the bridge and told by its log.
 *
 * @param hangups requests to end the call
 * @param cancelledGoodbyes goodbyes that were armed, then disarmed because the caller spoke
 * @param bargedIn whether the carrier was told to clear and the model to truncate
 * @param answeredAfterBargeIn whether the model completed a response after the last clear
 * @param afterLastMark whether the last mark had been echoed when the hangup came
 * @param lastWordsHeard whether the model's last response was heard whole, and last
 * @param callerHeard whether the model received the caller's audio in order and without a gap, from what could wait for it to 2 s before the decision
 * @param heardBeforeTranscript whether the last sample was heard before the last transcript came
 * @param unheardMs still to be heard when the model had said its last word
 * @param cutOffMs goodbye not heard at the hangup
 * @param deadAirMs from the later of the last sample heard and the last event needed, to the hangup; NaN without one
 * @param violations what the bridge did against the carrier's protocol
 */
record Outcome(
        int hangups,
        String reason,
        String via,
        String drain,
        int cancelledGoodbyes,
        boolean bargedIn,
        boolean answeredAfterBargeIn,
        boolean afterLastMark,
        boolean lastWordsHeard,
        boolean callerHeard,
        boolean heardBeforeTranscript,
        long unheardMs,
        long cutOffMs,
        double deadAirMs,
        List<String> violations) {
    static final String CANCELLED = "goodbye cancelled by the caller";

    private static final int BYTES_PER_MS = 8;
    private static final double NS_PER_MS = 1e6;
    private static final String AUDIO_DONE = "response.output_audio.done";
    private static final String TRANSCRIPT_DONE = "response.output_audio_transcript.done";
    private static final Pattern POLITE = Pattern.compile("\\[POLITE_HANGUP] via=(\\S+) .*drain=(\\S+)");
    private static final Pattern EXECUTED = Pattern.compile("\\[HANGUP] executed reason=(\\S+)");

    /** The model's socket closes with the decision to hang up; what the caller said just before may be on its way. */
    private static final long TAIL_NS = TimeUnit.SECONDS.toNanos(2);

    static Outcome of(CarrierCall call, SessionRecord model, List<RestRequest> requests, List<TappedLog.Line> log) {
        long hangupNs = requests.isEmpty() ? 0 : requests.get(0).atNs();
        long clearedNs = last(call.moments(Kind.CLEAR_RECEIVED).stream().mapToLong(moment -> moment.atNs()));
        return new Outcome(
                requests.size(),
                lastGroup(EXECUTED, log, 1),
                lastGroup(POLITE, log, 1),
                lastGroup(POLITE, log, 2),
                (int) log.stream()
                        .filter(line -> line.text().contains(CANCELLED))
                        .count(),
                clearedNs != 0 && model.truncations().stream().anyMatch(SessionRecord.Truncation::accepted),
                clearedNs != 0 && sentNs(model, "response.done") > clearedNs,
                hangupNs >= last(call.marks().stream().mapToLong(MarkEcho::dueNs)),
                endsWith(call.heardAudio(), lastWords(model)),
                isHeard(
                        call.recordedCallerAudio(),
                        new SentFrames(call.uplinkSentNs()),
                        model.callerAudio(),
                        firstHeardNs(model),
                        decidedNs(log)),
                call.lastHeardNs() < sentNs(model, TRANSCRIPT_DONE),
                TimeUnit.NANOSECONDS.toMillis(call.lastHeardNs() - sentNs(model, AUDIO_DONE)),
                call.cutOffBytes() / BYTES_PER_MS,
                hangupNs == 0 ? Double.NaN : DeadAir.ns(call, model, hangupNs) / NS_PER_MS,
                call.violations());
    }

    private static long sentNs(SessionRecord model, String type) {
        return last(model.sent(type).stream().mapToLong(SessionRecord.Sent::atNs));
    }

    /** Times are of one process and in order; 0 when there is none. */
    private static long last(java.util.stream.LongStream timesNs) {
        return timesNs.max().orElse(0);
    }

    private static byte[] lastWords(SessionRecord model) {
        List<SessionRecord.Response> responses = model.responses();
        return responses.isEmpty()
                ? new byte[0]
                : responses.get(responses.size() - 1).audio();
    }

    private static boolean endsWith(byte[] all, byte[] end) {
        int from = all.length - end.length;
        return from >= 0 && Arrays.equals(end, Arrays.copyOfRange(all, from, all.length));
    }

    private static long decidedNs(List<TappedLog.Line> log) {
        return last(
                log.stream().filter(line -> POLITE.matcher(line.text()).find()).mapToLong(TappedLog.Line::atNs));
    }

    private static long firstHeardNs(SessionRecord model) {
        return model.received("input_audio_buffer.append").stream()
                .findFirst()
                .map(SessionRecord.Received::atNs)
                .orElse(0L);
    }

    /** @param sent of {@code said} */
    static boolean isHeard(byte[] said, SentFrames sent, byte[] heard, long firstHeardNs, long decidedNs) {
        int dueBytes = sent.before(decidedNs - TAIL_NS) * Speech.FRAME_BYTES;
        int droppedBytes = sent.droppableBefore(firstHeardNs) * Speech.FRAME_BYTES;
        for (int from = 0; decidedNs > 0 && from <= droppedBytes; from += Speech.FRAME_BYTES) {
            int to = from + heard.length;
            if (to >= dueBytes && to <= said.length && Arrays.equals(heard, Arrays.copyOfRange(said, from, to))) {
                return true;
            }
        }
        return false;
    }

    private static String lastGroup(Pattern pattern, List<TappedLog.Line> log, int group) {
        String found = "none";
        for (TappedLog.Line line : log) {
            Matcher matcher = pattern.matcher(line.text());
            found = matcher.find() ? matcher.group(group) : found;
        }
        return found;
    }

    /** Hangups, and goodbyes that were none. */
    String brief() {
        return hangups
                + (hangups == 1 ? " hangup" : " hangups")
                + (cancelledGoodbyes == 0 ? "" : ", " + cancelledGoodbyes + " cancelled");
    }

    @Override
    public String toString() {
        return hangups + (hangups == 1 ? " hangup" : " hangups") + ", reason=" + reason + ", via=" + via + ", drain="
                + drain + ", " + cancelledGoodbyes + (cancelledGoodbyes == 1 ? " goodbye" : " goodbyes")
                + " cancelled, "
                + Math.max(0, unheardMs) + " ms unheard at audio.done";
    }
}
