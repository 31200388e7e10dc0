package io.ringdown.bridge.simulator.model;

import io.ringdown.bridge.simulator.model.Part.Speech;
import io.ringdown.bridge.simulator.model.Part.ToolCall;
import io.ringdown.bridge.simulator.model.Reply.Outcome;
import io.ringdown.bridge.simulator.model.ReplyPlan.Act;
import io.ringdown.bridge.simulator.model.ReplyPlan.Step;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays one reply down the wire at its own pace, until it is done or cancelled. Event loop only. */
final class ReplyPlayer {
    private final Reply reply;
    private final ResponseEvents events;
    private final Wire wire;
    private final SessionRecord record;
    private final StringBuilder[] said;
    private List<Step> steps;
    private Outcome outcome;
    private Runnable onEnd;
    private boolean created;
    private boolean cancelled;
    private boolean ended;
    private int next;
    private int openItem = -1;
    private long dueNs;

    ReplyPlayer(Reply reply, ResponseEvents events, Wire wire, SessionRecord record) {
        this.reply = reply;
        this.events = events;
        this.wire = wire;
        this.record = record;
        steps = ReplyPlan.of(reply);
        outcome = reply.outcome();
        said = new StringBuilder[reply.parts().size()];
        Arrays.setAll(said, i -> new StringBuilder());
    }

    /** {@code onEnd} runs once, when the response is over as the server sees it. */
    void start(Runnable onEnd) {
        this.onEnd = onEnd;
        if (reply.createdAfterMs() == 0) {
            create();
        } else {
            wire.after(TimeUnit.MILLISECONDS.toNanos(reply.createdAfterMs()), this::create);
        }
    }

    String responseId() {
        return events.responseId();
    }

    boolean isCreated() {
        return created;
    }

    /** Stops generating; what was begun is still ended properly, behind deltas that are late if the reply wants them. */
    void cancel(String reason) {
        if (cancelled || ended) {
            return;
        }
        cancelled = true;
        outcome = new Outcome("cancelled", reason);
        long lateNs = TimeUnit.MILLISECONDS.toNanos(reply.lateMs());
        steps = ReplyPlan.cancelled(steps.subList(next, steps.size()), openItem, lateNs);
        next = 0;
        dueNs = System.nanoTime();
        if (created) {
            play();
        }
    }

    private void create() {
        created = true;
        record.responseCreated(responseId(), events.metadata());
        events.created();
        dueNs = System.nanoTime();
        play();
    }

    /** Sends what is due. A timer left over from before a cancel only comes too early, and waits again. */
    private void play() {
        while (next < steps.size() && wire.isOpen()) {
            Step step = steps.get(next);
            long waitNs = dueNs + step.delayNs() - System.nanoTime();
            if (step.delayNs() > 0 && waitNs > 0) {
                wire.after(waitNs, this::play);
                return;
            }
            dueNs += step.delayNs();
            next++;
            perform(step.act());
        }
        end();
    }

    private void perform(Act act) {
        if (act instanceof Act.Audio audio) {
            speak(audio);
        } else if (act instanceof Act.Text text) {
            said[text.item()].append(text.text());
            events.transcript(text.item(), text.text());
        } else if (act instanceof Act.Open open) {
            open(open.item());
        } else if (act instanceof Act.Arguments arguments) {
            events.arguments(arguments.item(), arguments.text());
        } else if (act instanceof Act.ArgumentsDone done) {
            ToolCall call = (ToolCall) reply.parts().get(done.item());
            events.argumentsDone(done.item(), call.name(), call.arguments());
        } else if (act instanceof Act.End end) {
            end(end);
        } else if (act instanceof Act.Strike strike) {
            strike(strike.mishap());
        }
    }

    private void open(int item) {
        openItem = item;
        if (reply.parts().get(item) instanceof ToolCall call) {
            events.callOpened(item, call.name());
        } else {
            String itemId = events.speechOpened(item);
            record.spoke(responseId(), itemId, new byte[0], 0);
        }
    }

    private void speak(Act.Audio audio) {
        byte[] mulaw = ((Speech) reply.parts().get(audio.item())).audio();
        events.audio(audio.item(), Arrays.copyOfRange(mulaw, audio.from(), audio.to()));
        events.spoke(audio.item(), audio.to());
        record.spoke(responseId(), events.itemId(audio.item()), mulaw, audio.to());
    }

    private void end(Act.End end) {
        String transcript = end.item() < said.length ? said[end.item()].toString() : null;
        switch (end.ending()) {
            case AUDIO_DONE -> events.audioDone(end.item());
            case TRANSCRIPT_DONE -> events.transcriptDone(end.item(), transcript);
            case CONTENT_PART_DONE -> events.partDone(end.item(), transcript);
            case OUTPUT_ITEM_DONE ->
                events.itemDone(end.item(), transcript, outcome.status().equals("completed"));
            case RESPONSE_DONE -> {
                end();
                events.done(outcome);
            }
        }
    }

    private void strike(Mishap mishap) {
        if (mishap instanceof Mishap.Fault fault) {
            wire.sendError(fault.type(), new Refusal(fault.code(), fault.message(), null), null);
        } else if (mishap instanceof Mishap.Close close) {
            wire.close(close.code(), close.reason());
        } else if (mishap instanceof Mishap.Vanish) {
            wire.vanish();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            record.responseEnded(responseId(), outcome.status());
            onEnd.run();
        }
    }
}
