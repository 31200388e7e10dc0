package io.ringdown.bridge.simulator.model;

import io.ringdown.bridge.simulator.model.Part.Speech;
import io.ringdown.bridge.simulator.model.Part.ToolCall;
import io.ringdown.bridge.simulator.model.Reply.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reply laid out as timed steps: what is sent, and how long after the step before. No clock, no socket. */
final class ReplyPlan {
    private static final int ARGUMENT_CHARS = 24;

    private final Reply reply;
    private final List<Step> steps = new ArrayList<>();
    private final List<Incident> audioIncidents = new ArrayList<>();
    private long gapNs;
    private int plannedBytes;
    private int deltas;

    private ReplyPlan(Reply reply) {
        this.reply = reply;
        reply.incidents().stream().filter(i -> i.after() == null).forEach(audioIncidents::add);
    }

    /** One thing sent, {@code delayNs} after the step before. */
    record Step(long delayNs, Act act) {}

    /** What a step does. {@code item} is the ordinal of the output item. */
    sealed interface Act {
        record Open(int item) implements Act {}

        record Text(int item, String text) implements Act {}

        /** The item's audio from byte {@code from} to {@code to}. */
        record Audio(int item, int from, int to) implements Act {}

        record Arguments(int item, String text) implements Act {}

        record ArgumentsDone(int item) implements Act {}

        record End(int item, Ending ending) implements Act {}

        record Strike(Mishap mishap) implements Act {}
    }

    static List<Step> of(Reply reply) {
        ReplyPlan plan = new ReplyPlan(reply);
        plan.lay();
        return plan.steps;
    }

    /**
     * What is left of {@code rest} once the response is cancelled while {@code openItem} is being sent: deltas still under way for
     * {@code lateNs}, then all done events at once.
     */
    static List<Step> cancelled(List<Step> rest, int openItem, long lateNs) {
        List<Step> late = new ArrayList<>();
        List<Step> ends = new ArrayList<>();
        long sinceCancelNs = 0;
        long sinceLateNs = 0;
        for (Step step : rest) {
            sinceCancelNs += step.delayNs();
            sinceLateNs += step.delayNs();
            if (step.act() instanceof Act.Audio audio && audio.item() == openItem && sinceCancelNs < lateNs) {
                late.add(new Step(sinceLateNs, audio));
                sinceLateNs = 0;
            } else if (step.act() instanceof Act.End end && (end.item() == openItem || closes(end))) {
                ends.add(new Step(0, end));
            }
        }
        late.addAll(ends);
        return late;
    }

    private static boolean closes(Act.End end) {
        return end.ending() == Ending.RESPONSE_DONE;
    }

    private void lay() {
        int last = reply.parts().size() - 1;
        for (int item = 0; item <= last; item++) {
            add(0, new Act.Open(item));
            if (reply.parts().get(item) instanceof Speech speech) {
                laySpeech(item, speech, item == last);
            } else if (reply.parts().get(item) instanceof ToolCall call) {
                layCall(item, call, item == last);
            }
        }
        if (last < 0) {
            end(0, Ending.RESPONSE_DONE, true);
        }
    }

    private void laySpeech(int item, Speech speech, boolean last) {
        int length = speech.audio().length;
        int punctualBytes = Math.max(0, length - reply.trailingBytes());
        List<String> words = words(speech.transcript());
        layAudio(item, 0, punctualBytes, words);
        for (Ending ending : reply.endings()) {
            boolean pointless = ending == Ending.AUDIO_DONE && length == 0 && !reply.endingsChosen()
                    || ending == Ending.TRANSCRIPT_DONE && speech.transcript() == null;
            if (!pointless) {
                end(item, ending, last);
            }
            if (ending == Ending.AUDIO_DONE) {
                layAudio(item, punctualBytes, length, List.of());
            }
        }
    }

    /** Words run ahead of the audio a little, as they do on the wire. */
    private void layAudio(int item, int from, int to, List<String> words) {
        int wordsSent = 0;
        for (int at = from; at < to; ) {
            layIncidents(plannedBytes / MuLaw.BYTES_PER_MS);
            int next = Math.min(to, at + reply.deltaBytes(deltas++));
            int wordsDue = (int) Math.ceil((double) words.size() * next / to);
            wordsSent = layWords(item, words, wordsSent, wordsDue);
            add(0, new Act.Audio(item, at, next));
            gapNs += (long) ((next - at) / (MuLaw.BYTES_PER_MS * reply.speed()) * TimeUnit.MILLISECONDS.toNanos(1));
            plannedBytes += next - at;
            at = next;
        }
        layWords(item, words, wordsSent, words.size());
    }

    private int layWords(int item, List<String> words, int from, int to) {
        for (int i = from; i < to; i++) {
            add(0, new Act.Text(item, words.get(i)));
        }
        return Math.max(from, to);
    }

    private void layCall(int item, ToolCall call, boolean last) {
        String arguments = call.arguments();
        for (int at = 0; at < arguments.length(); at += ARGUMENT_CHARS) {
            String piece = arguments.substring(at, Math.min(arguments.length(), at + ARGUMENT_CHARS));
            add(0, new Act.Arguments(item, piece));
        }
        add(0, new Act.ArgumentsDone(item));
        end(item, Ending.OUTPUT_ITEM_DONE, last);
        if (reply.endings().contains(Ending.RESPONSE_DONE)) {
            end(item, Ending.RESPONSE_DONE, last);
        }
    }

    /** Only the last item closes the response, and only behind its endings do mishaps wait. */
    private void end(int item, Ending ending, boolean last) {
        if (ending == Ending.RESPONSE_DONE && !last) {
            return;
        }
        if (last) {
            layIncidents(Integer.MAX_VALUE); // those behind all audio
        }
        add(TimeUnit.MILLISECONDS.toNanos(reply.delayMs(ending)), new Act.End(item, ending));
        for (Incident incident : reply.incidents()) {
            if (last && incident.after() == ending) {
                strike(incident.mishap());
            }
        }
    }

    private void layIncidents(int spokenMs) {
        audioIncidents.removeIf(incident -> {
            boolean due = incident.audioMs() <= spokenMs;
            if (due) {
                strike(incident.mishap());
            }
            return due;
        });
    }

    private void strike(Mishap mishap) {
        if (mishap instanceof Mishap.Pause pause) {
            gapNs += TimeUnit.MILLISECONDS.toNanos(pause.ms());
        } else {
            add(0, new Act.Strike(mishap));
        }
    }

    private void add(long delayNs, Act act) {
        steps.add(new Step(gapNs + delayNs, act));
        gapNs = 0;
    }

    private static List<String> words(String transcript) {
        return transcript == null ? List.of() : List.of(transcript.split("(?<= )"));
    }
}
