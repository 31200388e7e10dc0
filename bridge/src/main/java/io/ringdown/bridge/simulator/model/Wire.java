package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way back to the client: events out, timers, ids, and the several ways to close. Event loop only. */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CLOSE_ANSWER_MS = 1_000;
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_CHARS = 21;
    private static final int NO_STATUS_RECEIVED = 1005;

    /** An empty name: there was no such event. */
    private static final Map<String, String> BETA_NAMES = Map.of(
            "conversation.item.added", "conversation.item.created",
            "conversation.item.done", "",
            "response.output_audio.delta", "response.audio.delta",
            "response.output_audio.done", "response.audio.done",
            "response.output_audio_transcript.delta", "response.audio_transcript.delta",
            "response.output_audio_transcript.done", "response.audio_transcript.done");

    private final Channel channel;
    private final SessionRecord record;
    private final boolean betaNames;
    private final SpeechListener listener;
    private final SplittableRandom random = new SplittableRandom();
    private boolean closing;

    /** Told of each delta as it is handed to the socket. */
    interface SpeechListener {
        void onSpeech(int mulawBytes, long atNs);
    }

    Wire(Channel channel, SessionRecord record, boolean betaNames, SpeechListener listener) {
        this.channel = channel;
        this.record = record;
        this.betaNames = betaNames;
        this.listener = listener;
    }

    boolean isOpen() {
        return !closing && channel.isActive();
    }

    /** Long and random as the real ids are, so that a log line that cuts them still tells them apart. */
    String newId(String prefix) {
        StringBuilder id = new StringBuilder(prefix).append('_');
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /** A server event of this GA type, still to be filled and sent. */
    ObjectNode event(String type) {
        String name = betaNames ? BETA_NAMES.getOrDefault(type, type) : type;
        return JsonNodeFactory.instance.objectNode().put("type", name).put("event_id", newId("event"));
    }

    void send(ObjectNode event) {
        send(event, 0);
    }

    /** Puts {@code encoded} into the event as its delta; it stands for {@code mulawBytes} of sound. */
    void sendAudio(ObjectNode event, byte[] encoded, int mulawBytes) {
        send(event.put("delta", Base64.getEncoder().encodeToString(encoded)), mulawBytes);
    }

    void sendError(String type, Refusal refusal, String clientEventId) {
        ObjectNode event = event("error");
        event.putObject("error")
                .put("type", type)
                .put("code", refusal.code())
                .put("message", refusal.getMessage())
                .put("param", refusal.param())
                .put("event_id", clientEventId);
        send(event);
    }

    /** Sent as it is, well-formed or not, and not recorded. */
    void sendRaw(String text) {
        if (isOpen()) {
            write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Runs {@code task} in the event loop after the delay, unless the session has ended by then. */
    void after(long delayNs, Runnable task) {
        channel.eventLoop().schedule(() -> run(task), delayNs, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code task} and flushes what it sent. A failure of ours ends this session only, with 1011. */
    void run(Runnable task) {
        if (!isOpen()) {
            return;
        }
        try {
            task.run();
            channel.flush();
        } catch (RuntimeException ours) {
            LOG.error("simulated session failed", ours);
            close(1011, "simulator failed");
        }
    }

    /** Says goodbye and waits a moment for the answer: closing at once would reset a client that is still talking. */
    void close(int code, String reason) {
        if (isOpen()) {
            closing = true;
            record.closed(code);
            channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
            channel.eventLoop().schedule((Runnable) channel::close, CLOSE_ANSWER_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** The client says goodbye, or answers ours. */
    void answerClose(CloseWebSocketFrame frame) {
        if (closing) {
            channel.close();
            return;
        }
        closing = true;
        record.closed(frame.statusCode() < 0 ? NO_STATUS_RECEIVED : frame.statusCode());
        channel.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    }

    /** Resets the connection. */
    void vanish() {
        closing = true;
        record.closed(1006);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.pipeline().firstContext().close(); // past TLS, which would still say goodbye
    }

    private void send(ObjectNode event, int mulawBytes) {
        String type = event.path("type").textValue();
        if (!isOpen() || type.isEmpty()) {
            return;
        }
        try {
            byte[] utf8 = JSON.writeValueAsBytes(event);
            String responseId = id(event, "response");
            String itemId = id(event, "item");
            long nowNs = System.nanoTime();
            record.sent(new SessionRecord.Sent(nowNs, type, responseId, itemId, mulawBytes));
            write(utf8);
            if (mulawBytes > 0) {
                listener.onSpeech(mulawBytes, nowNs);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not encodable: type=" + type, e);
        }
    }

    private void write(byte[] utf8) {
        channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)), channel.voidPromise());
    }

    private static String id(ObjectNode event, String of) {
        String direct = event.path(of + "_id").textValue();
        return direct != null ? direct : event.path(of).path("id").textValue();
    }
}
