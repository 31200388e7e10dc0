package io.ringdown.bridge.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A bridge as it is written in an afternoon: it relays, counts marks, waits for fixed times, asks once, and knows of one
 * call. Whatever it gets wrong was got wrong in the field.
 */
final class NaiveBridge implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPDATE = """
            {"type":"session.update","session":{"type":"realtime","output_modalities":["audio"],"audio":{
            "input":{"format":{"type":"audio/pcmu"},"transcription":{"model":"whisper-1"},
            "turn_detection":{"type":"server_vad","create_response":true,"interrupt_response":true}},
            "output":{"format":{"type":"audio/pcmu"},"voice":"marin"}},
            "tools":[{"type":"function","name":"end_call","parameters":{"type":"object","properties":{}}}]}}""";
    private static final long SILENCE_S = 2;
    private static final long GOODBYE_S = 2;
    private static final int BYTES_PER_MS = 8;
    private static final int MAX_UPGRADE_BYTES = 16 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final URI model;
    private final URI rest;
    private final Account account;
    private final Channel listener;
    private Call theCall;

    private NaiveBridge(URI model, URI rest, Account account) {
        this.model = model;
        this.rest = rest;
        this.account = account;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_UPGRADE_BYTES))
                                .addLast(new WebSocketServerProtocolHandler("/media"), new Call());
                    }
                });
        listener = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
    }

    static NaiveBridge start(URI model, URI rest, Account account) {
        return new NaiveBridge(model, rest, account);
    }

    Route route() {
        return Route.stream("ws://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/media");
    }

    @Override
    public void close() {
        listener.close();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static JsonNode read(CharSequence text) {
        try {
            return JSON.readTree(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode event(String member, String name) {
        return JsonNodeFactory.instance.objectNode().put(member, name);
    }

    /** All of it runs on the one event loop. */
    private final class Call extends SimpleChannelInboundHandler<TextWebSocketFrame> implements WebSocket.Listener {
        private final StringBuilder pieces = new StringBuilder();
        private Channel carrier;
        private WebSocket session;
        private String streamSid;
        private String callSid;
        private String itemId;
        private boolean configured;
        private boolean goodbye;
        private int marks;
        private long sentBytes;
        private Future<?> silence;

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            carrier = context.channel();
            JsonNode event = read(frame.text());
            switch (event.path("event").asText()) {
                case "start" -> start(event.path("start"));
                case "media" -> hear(event.at("/media/payload").asText());
                case "mark" -> played();
                default -> {}
            }
        }

        private void start(JsonNode start) {
            streamSid = start.path("streamSid").asText();
            callSid = start.path("callSid").asText();
            if (theCall != null) {
                theCall.carrier.close();
            }
            theCall = this;
            http.newWebSocketBuilder().buildAsync(model, this);
        }

        private void hear(String payload) {
            if (configured) {
                send(event("type", "input_audio_buffer.append").put("audio", payload));
            }
        }

        private void played() {
            marks--;
            if (marks == 0 && !goodbye) {
                silence = carrier.eventLoop().schedule(this::hangUp, SILENCE_S, TimeUnit.SECONDS);
            }
        }

        @Override
        public void onOpen(WebSocket opened) {
            session = opened;
            opened.request(Long.MAX_VALUE);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                JsonNode event = read(pieces);
                pieces.setLength(0);
                carrier.eventLoop().execute(() -> handle(event));
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            carrier.close();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            session = null;
        }

        private void handle(JsonNode event) {
            switch (event.path("type").asText()) {
                case "session.created" -> session.sendText(UPDATE, true);
                case "session.updated" -> {
                    configured = true;
                    send(event("type", "response.create"));
                }
                case "response.output_audio.delta" -> play(event);
                case "response.output_audio_transcript.done" ->
                    goodbye |= event.path("transcript").asText().contains("oodbye");
                case "response.function_call_arguments.done" ->
                    answer(event.path("call_id").asText());
                case "response.done" -> ended();
                case "input_audio_buffer.speech_started" -> interrupted();
                case "error" -> hangUp();
                default -> {}
            }
        }

        private void play(JsonNode delta) {
            spoken();
            String payload = delta.path("delta").asText();
            itemId = delta.path("item_id").asText();
            sentBytes += Base64.getDecoder().decode(payload).length;
            ObjectNode media = event("event", "media").put("streamSid", streamSid);
            media.putObject("media").put("payload", payload);
            tell(media);
            ObjectNode mark = event("event", "mark").put("streamSid", streamSid);
            mark.putObject("mark").put("name", "m");
            tell(mark);
            marks++;
        }

        private void spoken() {
            if (silence != null) {
                silence.cancel(false);
            }
        }

        private void answer(String toolCallId) {
            ObjectNode output = event("type", "conversation.item.create");
            output.putObject("item")
                    .put("type", "function_call_output")
                    .put("call_id", toolCallId)
                    .put("output", "ok");
            send(output);
            send(event("type", "response.create"));
            goodbye = true;
        }

        private void ended() {
            if (goodbye) {
                carrier.eventLoop().schedule(this::hangUp, GOODBYE_S, TimeUnit.SECONDS);
            }
        }

        private void interrupted() {
            spoken();
            if (goodbye) {
                hangUp();
            } else if (marks > 0) {
                marks = 0;
                tell(event("event", "clear").put("streamSid", streamSid));
                send(event("type", "conversation.item.truncate")
                        .put("item_id", itemId)
                        .put("content_index", 0)
                        .put("audio_end_ms", sentBytes / BYTES_PER_MS));
            }
        }

        private void hangUp() {
            if (!carrier.isActive()) {
                return;
            }
            String key = account.sid() + ":" + account.authToken();
            String calls = "/2010-04-01/Accounts/" + account.sid() + "/Calls/";
            HttpRequest request = HttpRequest.newBuilder(rest.resolve(calls + callSid + ".json"))
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("Status=completed"))
                    .build();
            http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        }

        private void tell(ObjectNode message) {
            carrier.writeAndFlush(new TextWebSocketFrame(message.toString()));
        }

        private void send(ObjectNode message) {
            if (session != null) {
                session.sendText(message.toString(), true);
            }
        }
    }
}
