package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.ModelLeg;
import java.util.ArrayList;
import java.util.List;

/** A model that says what its script wants, answers what it is asked for, and obeys a cancel, sooner or later. */
final class SimulatedModel implements ModelLeg {
    final List<Utterance> utterances = new ArrayList<>();
    final Oracle oracle;

    // what its script sets
    int ignores;
    int cancelMs = 20;
    boolean stalled;
    boolean confirms = true;

    private final SimulatedCall call;
    private int answers;
    private boolean reachable;
    private boolean ready;
    private boolean gone;

    SimulatedModel(SimulatedCall call) {
        this.call = call;
        oracle = call.oracle;
    }

    private void send(SimulatedCall.Message message) {
        if (reachable && !gone) {
            call.modelSends(message);
        }
    }

    /** What only a configured session tells. */
    private void tells(SimulatedCall.Message message) {
        if (ready) {
            send(message);
        }
    }

    // what the lane does to it

    @Override
    public void connect() {
        reachable = true;
        call.world.afterMs(
                15,
                () -> send(() -> {
                    call.publish(event -> event.happened(EventType.MODEL_CONNECTED));
                    oracle.facts().connected();
                }));
    }

    @Override
    public void configure() {
        if (confirms) {
            call.world.afterMs(15, () -> send(this::confirm));
        }
    }

    private void confirm() {
        ready = true;
        call.publish(event -> event.happened(EventType.SESSION_CONFIRMED));
        oracle.facts().confirmed();
    }

    @Override
    public void sendAudio(Frame frame) {
        oracle.callerForwarded(frame);
    }

    @Override
    public void sendSilence(int bytes) {
        oracle.caller().padded(bytes);
    }

    @Override
    public boolean writable() {
        return !stalled;
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        call.tell("  < request " + purpose);
        oracle.requested(purpose);
        if (ignores > 0) {
            ignores--;
        } else {
            call.world.afterMs(20, () -> answer(purpose));
        }
    }

    private void answer(ResponsePurpose purpose) {
        if (isSpeaking()) {
            send(() -> call.publish(event -> event.happened(EventType.RESPONSE_COLLIDED)));
            return;
        }
        Utterance answer = new Utterance("a" + answers, 2_000 + answers++, purpose);
        utterances.add(answer);
        boolean goodbye = purpose == ResponsePurpose.FAREWELL
                || purpose == ResponsePurpose.GOODBYE_ANSWER
                || purpose == ResponsePurpose.RESUME;
        create(answer);
        audio(answer, 0, 480);
        call.world.afterMs(10, () -> {
            words(answer, 0, goodbye ? Lines.GOODBYE : Lines.SMALL_TALK);
            audioDone(answer, 0);
            done(answer, ResponseStatus.COMPLETED);
        });
    }

    /** Whose next bytes these are; null if they are our own recording. Anything else was lost, repeated or out of order. */
    Utterance whoSays(Frame frame) {
        Utterance ghost = null;
        for (Utterance utterance : utterances) {
            boolean next = utterance.receivedBytes > utterance.sentBytes
                    && Spoken.isIn(frame, utterance.voice, utterance.sentBytes);
            if (next && !utterance.silenced) {
                return utterance;
            }
            ghost = next ? utterance : ghost;
        }
        if (ghost == null && !Spoken.isIn(frame, Lines.CLIP_VOICE, 0)) {
            oracle.playback().audioOutOfOrder(frame);
        }
        return ghost;
    }

    private boolean isSpeaking() {
        for (Utterance utterance : utterances) {
            if (utterance.begun && !utterance.over) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void cancelResponse(String responseId) {
        call.tell("  < cancel " + responseId);
        for (Utterance utterance : utterances) {
            if (utterance.id.equals(responseId)) {
                oracle.cancelled(utterance);
                call.world.afterMs(cancelMs, () -> done(utterance, ResponseStatus.CANCELLED));
            }
        }
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        call.tell("  < truncate " + itemId + " at " + heardMs + " ms");
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        call.tell("  < tool answer " + answer);
    }

    @Override
    public void close() {
        call.tell("  < close the model");
        gone = true;
        oracle.facts().modelClosed();
    }

    // what it does

    void create(Utterance utterance) {
        utterance.begun = true;
        tells(() -> {
            call.publish(event -> event.responseCreated(utterance.id, utterance.purpose));
            oracle.created(utterance);
        });
    }

    void audio(Utterance utterance, int item, int bytes) {
        if (utterance.receivedBytes + bytes > Spoken.MAX_BYTES / 2) {
            return;
        }
        tells(() -> {
            Frame frame = call.world.lane.downlinkFrame(call.port());
            if (frame == null) {
                call.publish(event -> event.audioRefused(utterance.id, bytes, DropReason.POOL_SPENT));
                oracle.audioRefused(utterance);
                return;
            }
            Spoken.fill(frame, utterance.voice, utterance.receivedBytes, bytes);
            call.publish(event -> event.audioDelta(utterance.id, item(utterance, item), 0, frame));
            oracle.audio(utterance, item, bytes);
        });
    }

    private static String item(Utterance utterance, int item) {
        return item == 0 ? utterance.id : utterance.id + "-b";
    }

    void audioDone(Utterance utterance, int item) {
        tells(() -> {
            call.publish(event -> event.audioDone(utterance.id, item(utterance, item), 0));
            oracle.audioDone(utterance, item);
        });
    }

    void words(Utterance utterance, int item, String words) {
        tells(() -> {
            call.publish(event -> event.transcriptDone(utterance.id, item(utterance, item), 0, words));
            oracle.words(utterance, item, words);
        });
    }

    void tool(Utterance utterance, String tool) {
        tells(() -> {
            call.publish(event -> event.toolCalled(utterance.id, "t", tool));
            oracle.tool(utterance, tool);
        });
    }

    /** Ends a response, once. */
    void done(Utterance utterance, ResponseStatus status) {
        if (!utterance.over) {
            utterance.over = true;
            tellDone(utterance, status);
        }
    }

    void tellDone(Utterance utterance, ResponseStatus status) {
        tells(() -> {
            call.publish(event -> event.responseDone(utterance.id, status));
            oracle.done(utterance, status);
        });
    }

    // what its script may ask of it

    void tells(EventType type, Runnable told) {
        tells(() -> {
            call.publish(event -> event.happened(type));
            told.run();
        });
    }

    void transcribes(int line) {
        tells(() -> {
            call.publish(event -> event.callerTranscribed("caller", Lines.CALLER[line]));
            oracle.callerSays(line);
        });
    }

    void fails(EventType how) {
        send(() -> {
            call.publish(event -> event.failed(how, "no"));
            oracle.modelFails(how);
        });
        gone |= how == EventType.MODEL_LOST;
    }
}
