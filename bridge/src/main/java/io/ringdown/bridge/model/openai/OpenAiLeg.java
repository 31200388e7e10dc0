package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.ModelLeg;

/**
 * One call's session with OpenAI Realtime. Lane only. What the machine wants goes out through an encoder; what the model
 * says comes in through an {@link OpenAiInbox}; a session that is not open swallows what it is given.
 */
public final class OpenAiLeg implements ModelLeg {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final CallPort port;
    private final ModelLog log;
    private final SessionFacts facts = new SessionFacts();
    private final ModelSocket socket;
    private final OpenAiInbox inbox;
    private final Runnable tellLoss = this::tellLoss;
    private OpenAiEncoder encoder;
    private String model;
    private String lossCause;
    private boolean closed;

    /** Connects nowhere yet. */
    public OpenAiLeg(CallPort port, ModelConnector connector, ModelCounters counters) {
        this.port = port;
        log = new ModelLog(counters);
        socket = new ModelSocket(connector, new Hearing());
        inbox = new OpenAiInbox(port, connector.reader(), log, facts);
    }

    /** Says which call this is and what the model shall be in it; before {@code CALL_STARTED} is published. */
    public void begin(String callSid, OpenAiSession session) {
        log.begin(callSid);
        model = session.model();
        encoder = new OpenAiEncoder(session, ALLOCATOR);
    }

    /** What the session said of itself and of its cost, so far. */
    public ModelFacts facts() {
        return facts.soFar();
    }

    // what the machine wants

    @Override
    public void connect() {
        if (encoder == null) {
            throw new IllegalStateException("no session was described before the call began");
        }
        if (!closed) {
            socket.connect(model);
        }
    }

    @Override
    public void configure() {
        if (socket.isOpen()) {
            send(encoder.sessionUpdate());
        }
    }

    @Override
    public void sendAudio(Frame frame) {
        if (socket.isOpen()) {
            socket.writeFramed(AudioAppend.of(frame, ALLOCATOR));
        }
    }

    @Override
    public void sendSilence(int bytes) {
        for (int left = bytes; left > 0 && socket.isOpen(); left -= AudioAppend.MAX_SILENCE_BYTES) {
            socket.writeFramed(AudioAppend.silence(Math.min(left, AudioAppend.MAX_SILENCE_BYTES), ALLOCATOR));
        }
    }

    @Override
    public boolean writable() {
        return socket.isWritable();
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        if (socket.isOpen()) {
            send(encoder.responseCreate(purpose));
        }
    }

    @Override
    public void cancelResponse(String responseId) {
        if (socket.isOpen()) {
            send(encoder.responseCancel(responseId));
        }
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        if (socket.isOpen()) {
            send(encoder.truncate(itemId, contentIndex, heardMs));
        }
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        if (socket.isOpen()) {
            send(encoder.toolAnswer(toolCallId, answer));
        }
    }

    private void send(ByteBuf message) {
        socket.write(message);
        socket.flush();
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public void resumeReading() {
        if (!closed && inbox.resume() && socket.isOpen()) {
            socket.setReading(true);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (socket.awaited() != null) {
            log.gaveUp(socket.awaited());
        }
        inbox.discard();
        socket.close();
    }

    private void tellLoss() {
        if (!closed) {
            log.counted(ModelCounter.CONNECTIONS_LOST);
            inbox.lost(lossCause);
        }
    }

    /** What the socket tells. */
    private final class Hearing implements ModelSocket.Listener {
        @Override
        public void connected() {
            inbox.connected();
        }

        /** A key that is not accepted, or an account that may not or cannot pay: no other call will fare better (C.51). */
        @Override
        public void refused(int status, String body) {
            log.counted(ModelCounter.CONNECTS_REFUSED);
            if (status == 401 || status == 403) {
                inbox.quotaSpent("the model refuses OPENAI_API_KEY: status=" + status);
            } else if (status == 429 && OpenAiError.mentionsQuota(body)) {
                inbox.quotaSpent("the model's account is spent: status=" + status);
            }
        }

        @Override
        public void received(ByteBuf message) {
            if (!inbox.offer(message)) {
                socket.setReading(false);
            }
        }

        @Override
        public void receivedBinary() {
            log.counted(ModelCounter.MESSAGES_BINARY);
        }

        /** May be on the stack of a write, where publishing is not allowed. */
        @Override
        public void lost(String cause) {
            lossCause = cause;
            port.lane().afterTurn(tellLoss);
        }
    }
}
