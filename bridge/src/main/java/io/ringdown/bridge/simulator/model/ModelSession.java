package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.ringdown.bridge.simulator.model.ModelScript.Configuring;
import io.ringdown.bridge.simulator.model.SessionRecord.Received;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client, playing its {@link ModelScript}. Any thread may use the public methods: those that do something
 * hand it to the session's event loop and return at once; look for the effect in {@link #record()}.
 */
public final class ModelSession {
    private final Channel channel;
    private final String requestUri;
    private final ModelScript script;
    private final SessionRecord record;
    private final Wire wire;
    private final SessionConfig config;
    private final Conversation conversation;
    private final Responses responses;
    private final InputAudio input;
    private boolean configured;
    private volatile String instructions = "";

    ModelSession(Channel channel, String requestUri, String modelName, ModelScript script) {
        this.channel = channel;
        this.requestUri = requestUri;
        this.script = script;
        record = new SessionRecord(script.keepsAudio());
        wire = new Wire(
                channel,
                record,
                script.usesBetaNames(),
                (bytes, atNs) -> script.listener().onSpeech(this, bytes, atNs));
        config = new SessionConfig(wire.newId("sess"), modelName);
        conversation = new Conversation(wire, record);
        responses = new Responses(wire, config, script, conversation, record);
        input = new InputAudio(wire, config, script, conversation, responses);
    }

    /** The upgrade request's path and query. */
    public String requestUri() {
        return requestUri;
    }

    /** As last asked for by the client, granted or not; empty before. */
    public String instructions() {
        return instructions;
    }

    public SessionRecord record() {
        return record;
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    /** Speaks without being asked, also while another response is under way. */
    public void say(Reply reply) {
        onLoop(() -> responses.say(reply));
    }

    /** Sends a text as it is, valid or not; it is not recorded. */
    public void send(String rawJson) {
        onLoop(() -> wire.sendRaw(rawJson));
    }

    /** The caller begins to speak, as turn detection would find it; {@code itemId} is that of the future user item. */
    public void speechStarted(String itemId) {
        onLoop(() -> input.startSpeech(itemId, input.heardMs()));
    }

    /** The caller has finished: the turn is committed, transcribed and, if configured so, answered. */
    public void speechStopped() {
        onLoop(() -> input.onSpeechStopped(input.heardMs()));
    }

    /** Sends an {@code error} event that answers nothing, such as {@link Mishap#error}. */
    public void fail(Mishap.Fault fault) {
        onLoop(() -> wire.sendError(fault.type(), new Refusal(fault.code(), fault.message(), null), null));
    }

    public void close(int code) {
        onLoop(() -> wire.close(code, "simulated"));
    }

    /** Resets the connection without a close frame. */
    public void vanish() {
        onLoop(wire::vanish);
    }

    /** Event loop: the connection stands. */
    void open() {
        wire.run(() -> sendConfig("session.created"));
    }

    /** Event loop: the connection is gone. */
    void closed() {
        record.closed(1006);
    }

    /** Event loop: the client said goodbye. */
    void receiveClose(CloseWebSocketFrame frame) {
        wire.answerClose(frame);
    }

    /** Event loop: a text message of the client. */
    void receive(byte[] utf8) {
        wire.run(() -> handle(utf8));
    }

    /** Event loop: the real protocol is text. */
    void receiveBinary() {
        wire.run(() -> refuse(new Refusal("invalid_event", "Binary messages are not supported.", null), null));
    }

    private void handle(byte[] utf8) {
        long nowNs = System.nanoTime();
        ClientEvent event = null;
        try {
            byte[] audio =
                    script.keepsAudio() ? null : PlainAppend.audio(utf8); // what is kept is kept as it was spelled
            if (audio != null) {
                hear(audio, nowNs);
                return;
            }
            event = ClientEvent.parse(utf8);
            if (event.type().equals(ClientEvent.APPEND)) {
                append(event, nowNs);
            } else {
                record.received(new Received(nowNs, event.type(), event.body().deepCopy(), 0));
                event.checkFields();
                dispatch(event);
            }
        } catch (Refusal refusal) {
            refuse(refusal, event == null ? null : event.id());
        }
    }

    private void append(ClientEvent event, long nowNs) {
        event.checkFields();
        byte[] mulaw = event.requireAudio();
        record.received(new Received(nowNs, event.type(), event.body(), mulaw.length));
        hear(mulaw, nowNs);
    }

    private void hear(byte[] mulaw, long nowNs) {
        if (!configured) {
            record.heardEarly(mulaw.length);
            record.offended("audio_before_session_updated", "bytes=" + mulaw.length);
            return;
        }
        record.heard(mulaw);
        script.listener().onCallerAudio(this, mulaw, nowNs);
        input.append(mulaw);
    }

    private void dispatch(ClientEvent event) {
        switch (event.type()) {
            case "session.update" -> configure(event);
            case "input_audio_buffer.commit" -> input.commitByClient();
            case "input_audio_buffer.clear" -> input.clear();
            case "conversation.item.create" -> conversation.create(event);
            case "conversation.item.truncate" -> conversation.truncate(event);
            case "conversation.item.delete" -> conversation.delete(event);
            case "conversation.item.retrieve" -> conversation.retrieve(event);
            case "response.create" -> createResponse(event);
            case "response.cancel" -> responses.cancel(event);
            default -> throw new IllegalStateException("checked but not handled: type=" + event.type());
        }
    }

    private void createResponse(ClientEvent event) {
        if (!configured) {
            record.offended("response_before_session_updated", "the answer will be 24 kHz PCM");
        }
        responses.create(event);
    }

    private void configure(ClientEvent event) {
        ObjectNode update = event.requireObject("session");
        instructions = update.path("instructions").asText(instructions);
        Configuring how = script.configuring();
        if (how.delayMs() == 0) {
            answer(how, update, event.id());
        } else {
            wire.after(TimeUnit.MILLISECONDS.toNanos(how.delayMs()), () -> answer(how, update, event.id()));
        }
    }

    private void answer(Configuring how, ObjectNode update, String eventId) {
        try {
            switch (how.answer()) {
                case ACCEPT -> accept(update);
                case MISMATCH -> {
                    config.apply(update);
                    config.distortOutput();
                    sendConfig("session.updated");
                }
                case REFUSE -> refuseByScript(how.errorCode(), eventId);
                case IGNORE -> {}
            }
        } catch (Refusal refusal) {
            refuse(refusal, eventId);
        }
    }

    private void accept(ObjectNode update) {
        config.apply(update);
        configured = true;
        sendConfig("session.updated");
    }

    private void sendConfig(String type) {
        ObjectNode event = wire.event(type);
        event.set("session", config.effective());
        wire.send(event);
    }

    /** No offence: the client did nothing wrong. */
    private void refuseByScript(String code, String eventId) {
        wire.sendError("invalid_request_error", new Refusal(code, "Simulated: " + code + ".", "session"), eventId);
    }

    private void refuse(Refusal refusal, String eventId) {
        if (!"response_cancel_not_active".equals(refusal.code())) {
            record.offended(refusal.code(), refusal.getMessage());
        }
        wire.sendError("invalid_request_error", refusal, eventId);
    }

    private void onLoop(Runnable task) {
        channel.eventLoop().execute(() -> wire.run(task));
    }
}
