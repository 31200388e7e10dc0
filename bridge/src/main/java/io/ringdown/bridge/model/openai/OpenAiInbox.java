package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Publishes what a model's leg hears to its call, in order. What finds the ring full waits here, a message as its bytes:
 * it is decoded again when there is room, and a delta goes on at the piece that was refused. Lane only.
 */
final class OpenAiInbox implements OpenAiEvents {
    private final CallPort port;
    private final ModelLog log;
    private final SessionFacts facts;
    private final OpenAiDecoder decoder;
    private final ArrayDeque<ByteBuf> messages = new ArrayDeque<>();
    private final ArrayDeque<Consumer<CallEvent>> news = new ArrayDeque<>(); // of the connection, behind the messages
    private int takenChars; // of the delta that is being published
    private boolean lossTold;
    private boolean discarded;

    OpenAiInbox(CallPort port, MessageReader reader, ModelLog log, SessionFacts facts) {
        this.port = port;
        this.log = log;
        this.facts = facts;
        decoder = new OpenAiDecoder(this, reader);
    }

    /** Takes in a message, which stays the caller's. False when it has to wait: nothing more should be read. */
    boolean offer(ByteBuf message) {
        if (messages.isEmpty() && news.isEmpty() && decoder.decode(message)) {
            return true;
        }
        keep(message.copy(), messages::addLast);
        return false;
    }

    void connected() {
        tell(event -> event.happened(EventType.MODEL_CONNECTED));
    }

    void quotaSpent(String cause) {
        tell(event -> event.failed(EventType.QUOTA_SPENT, cause));
    }

    /** Told once, also when the model has announced it. */
    void lost(String cause) {
        if (!lossTold) {
            lossTold = true;
            tell(event -> event.failed(EventType.MODEL_LOST, cause));
        }
    }

    private void tell(Consumer<CallEvent> what) {
        news.addLast(what);
        resume();
    }

    /** Publishes what waits. True when nothing waits any more. */
    boolean resume() {
        while (!messages.isEmpty()) {
            ByteBuf message = messages.pollFirst();
            if (!decoder.decode(message)) {
                keep(message, messages::addFirst);
                return false;
            }
            message.release();
        }
        while (!news.isEmpty() && publish(news.peekFirst())) {
            news.pollFirst();
        }
        return news.isEmpty();
    }

    /** A claim may have run the call, and the call may have closed us. */
    private void keep(ByteBuf message, Consumer<ByteBuf> place) {
        if (discarded) {
            message.release();
        } else {
            place.accept(message);
        }
    }

    /** Forgets what waits and what is yet to come: nobody wants it. */
    void discard() {
        discarded = true;
        messages.forEach(ByteBuf::release);
        messages.clear();
        news.clear();
    }

    private boolean publish(Consumer<CallEvent> what) {
        long sequence = port.claim();
        if (sequence == EventRing.FULL) {
            return false;
        }
        what.accept(port.slot(sequence));
        port.publish(sequence);
        return true;
    }

    // what the decoder shows

    @Override
    public boolean sessionCreated(String sessionId, String model) {
        facts.session(sessionId, model);
        return true;
    }

    @Override
    public boolean sessionUpdated(boolean matches) {
        return publish(event -> {
            if (matches) {
                event.happened(EventType.SESSION_CONFIRMED);
            } else {
                event.failed(EventType.SESSION_REFUSED, "session.updated is not audio/pcmu both ways");
            }
        });
    }

    @Override
    public boolean failed(OpenAiError error, String what, String eventId) {
        boolean taken = switch (error) {
            case BENIGN, OTHER -> true;
            case COLLISION -> publish(event -> event.happened(EventType.RESPONSE_COLLIDED));
            case CONFIG -> publish(event -> event.failed(EventType.SESSION_REFUSED, what));
            case QUOTA -> publish(event -> event.failed(EventType.QUOTA_SPENT, what));
            case EXPIRED -> lossTold || publish(event -> event.failed(EventType.MODEL_LOST, what));
        };
        if (taken) {
            lossTold |= error == OpenAiError.EXPIRED;
            log.failed(error, what);
        }
        return taken;
    }

    @Override
    public boolean speechStarted(String itemId) {
        return publish(event -> event.speechStarted(itemId));
    }

    @Override
    public boolean speechStopped() {
        return publish(event -> event.happened(EventType.SPEECH_STOPPED));
    }

    @Override
    public boolean callerTranscribed(String itemId, String transcript, TranscriptionUsage usage) {
        boolean taken = publish(event -> event.callerTranscribed(itemId, transcript));
        if (taken) {
            facts.transcribed(usage);
        }
        return taken;
    }

    @Override
    public boolean responseCreated(String responseId, ResponsePurpose purpose) {
        return publish(event -> event.responseCreated(responseId, purpose));
    }

    @Override
    public boolean audioDelta(AudioDelta delta) {
        while (takenChars < delta.chars()) {
            int chars = DeltaCut.next(delta.chars() - takenChars);
            Frame frame = port.lane().downlinkFrame(port);
            if (frame == null) {
                return refuseRest(delta);
            }
            delta.copy(takenChars, chars, frame.text());
            frame.filled(chars, delta.bytes(takenChars, chars));
            if (!publishPiece(delta, frame)) {
                return false;
            }
            takenChars += chars;
        }
        takenChars = 0;
        return true;
    }

    /** Claims for itself, as {@link #publish} would, but without a lambda: this is the one event that comes all the time. */
    private boolean publishPiece(AudioDelta delta, Frame frame) {
        long sequence = port.claim();
        if (sequence == EventRing.FULL) {
            frame.release();
            return false;
        }
        port.slot(sequence).audioDelta(delta.responseId(), delta.itemId(), delta.contentIndex(), frame);
        port.publish(sequence);
        return true;
    }

    private boolean refuseRest(AudioDelta delta) {
        int bytes = delta.bytes(takenChars, delta.chars() - takenChars);
        String responseId = delta.responseId();
        if (!publish(event -> event.audioRefused(responseId, bytes, DropReason.POOL_SPENT))) {
            return false;
        }
        takenChars = 0;
        log.counted(ModelCounter.AUDIO_REFUSED);
        return true;
    }

    @Override
    public boolean audioDone(String responseId, String itemId, int contentIndex) {
        return publish(event -> event.audioDone(responseId, itemId, contentIndex));
    }

    @Override
    public boolean transcriptDone(String responseId, String itemId, int contentIndex, String transcript) {
        return publish(event -> event.transcriptDone(responseId, itemId, contentIndex, transcript));
    }

    @Override
    public boolean toolCalled(String responseId, String toolCallId, String tool) {
        return publish(event -> event.toolCalled(responseId, toolCallId, tool));
    }

    @Override
    public boolean responseDone(String responseId, ResponseStatus status, TokenUsage usage) {
        boolean taken = publish(event -> event.responseDone(responseId, status));
        if (taken) {
            facts.responded(responseId, usage);
        }
        return taken;
    }

    @Override
    public void counted(ModelCounter counter) {
        log.counted(counter);
    }
}
