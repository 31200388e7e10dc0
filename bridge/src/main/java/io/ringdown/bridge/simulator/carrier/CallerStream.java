package io.ringdown.bridge.simulator.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.ringdown.bridge.simulator.carrier.CallMoment.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A call with its stream open: media out every 20 ms, the server's messages in, and the end. Event loop only. */
final class CallerStream {
    /** A server that does not answer our close frame is not waited for longer. */
    private static final int CLOSE_WAIT_MS = 2_000;

    private static final long FRAME_NS = TimeUnit.MILLISECONDS.toNanos(Speech.FRAME_MS);

    private final CarrierCall call;
    private final Channel channel;
    private final EventLoop loop;
    private final UplinkMessages messages;
    private final Telephone telephone; // null: the script speaks
    private final MediaFeed feed;
    private final MarkEchoes echoes;
    private final HearingSteps hearing;
    private Future<?> ticks;
    private long dueNs; // of the next 20 ms
    private boolean started;
    private boolean silenced; // over, or broken off: nothing is sent any more
    private int closeCode;

    CallerStream(CarrierCall call, Channel channel, UplinkMessages messages) {
        this.call = call;
        this.channel = channel;
        this.messages = messages;
        loop = call.loop();
        telephone = call.plan().telephone().orElse(null);
        feed = new MediaFeed(telephone);
        echoes = new MarkEchoes(call, this::sendEcho);
        hearing = new HearingSteps(call.plan().script(), call.playout(), feed::isTalking);
    }

    void open() {
        call.log().note(Kind.CONNECTED, "");
        send(messages.connected(channel.alloc()));
        long startDelayMs = call.plan().startDelayMs();
        if (startDelayMs == 0) {
            start();
        } else if (startDelayMs != CallPlan.NEVER) {
            loop.schedule(this::start, startDelayMs, TimeUnit.MILLISECONDS);
        }
        for (CallerScript.Step step : call.plan().script().timed()) {
            loop.schedule(() -> perform(step.action()), step.ms(), TimeUnit.MILLISECONDS);
        }
        call.streamOpened(this);
    }

    private void start() {
        if (silenced) {
            return;
        }
        started = true;
        call.log().note(Kind.START_SENT, call.streamSid());
        send(messages.start(channel.alloc()));
        dueNs = System.nanoTime() + FRAME_NS;
        ticks = loop.scheduleAtFixedRate(this::tick, Speech.FRAME_MS, Speech.FRAME_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (MediaFeed.Packet packet : feed.tick(dueNs)) {
            if (channel.isWritable()) {
                call.log().sent(packet.frame());
                write(messages.media(channel.alloc(), packet.frame().base64(), packet.timestampMs()));
            } else {
                call.log().unsent(packet.frame());
            }
        }
        channel.flush();
        dueNs += FRAME_NS;
        CallerAction action = hearing.due(System.nanoTime());
        if (action != null) {
            perform(action);
        }
    }

    void onText(ByteBuf text) {
        long nowNs = System.nanoTime();
        byte[] bytes = ByteBufUtil.getBytes(text);
        try {
            if (!started) {
                throw new IOException("before start");
            }
            obey(ServerMessage.read(bytes, call.streamSid()), nowNs);
        } catch (IOException e) {
            call.log().violation("31951 " + e.getMessage(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void obey(ServerMessage message, long nowNs) {
        if (message instanceof ServerMessage.Media media) {
            call.log().mediaReceived(media.muLaw().length, nowNs);
            call.playout().play(media.muLaw(), nowNs);
            if (telephone != null) {
                telephone.hear(media.muLaw(), nowNs);
            }
        } else if (message instanceof ServerMessage.Mark mark) {
            call.log().noteAt(Kind.MARK_RECEIVED, nowNs, mark.name());
            echoes.mark(mark.name(), nowNs);
        } else if (message instanceof ServerMessage.Clear) {
            call.log().noteAt(Kind.CLEAR_RECEIVED, nowNs, "");
            echoes.clear(nowNs);
        }
    }

    void perform(CallerAction action) {
        if (!silenced) {
            call.log().note(Kind.ACTION, action.toString());
            action.doOn(this);
        }
    }

    void say(Speech speech) {
        feed.say(speech);
    }

    void dtmf(char digit) {
        send(messages.dtmf(channel.alloc(), digit));
    }

    void sendText(String raw) {
        send(ByteBufUtil.writeUtf8(channel.alloc(), raw));
    }

    void pauseMedia(long ms) {
        feed.pause(ms);
    }

    void holdMedia(long ms) {
        feed.hold(ms);
    }

    void stallReading(long ms) {
        channel.config().setAutoRead(false);
        if (ms != CallPlan.NEVER) {
            loop.schedule(() -> channel.config().setAutoRead(true), ms, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the call unless somebody has done so already. */
    void end(CallEnding.Cause cause, long atNs) {
        if (call.claimEnd(cause)) {
            hangUp(atNs);
        }
    }

    /** {@code stop}, close frame, close. The end is claimed; {@code atNs} is when the caller stopped hearing. */
    void hangUp(long atNs) {
        boolean polite = !silenced;
        quieten(atNs);
        channel.config().setAutoRead(true); // the server's answer to our close is still to come
        if (!polite || !channel.isActive()) {
            channel.close();
            return;
        }
        if (started) {
            call.log().note(Kind.STOP_SENT, "");
            write(messages.stop(channel.alloc()));
        }
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        loop.schedule(() -> channel.close(), CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    }

    /** Closes the socket without a word. */
    void quit(long atNs) {
        quieten(atNs);
        channel.close();
    }

    void vanish(boolean reset) {
        if (!call.claimEnd(CallEnding.Cause.VANISHED)) {
            return;
        }
        if (reset) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        quit(System.nanoTime());
    }

    /** The caller still hears what has come; the server, if it closes the socket, ends the call. */
    void breakOffMidFrame() {
        stopSending();
        channel.writeAndFlush(halfFrame());
    }

    void onClose(int code) {
        closeCode = code < 0 ? WebSocketCloseStatus.EMPTY.code() : code;
        if (call.claimEnd(CallEnding.Cause.SERVER_CLOSED)) {
            quieten(System.nanoTime());
            int answer =
                    WebSocketCloseStatus.isValidStatusCode(code) ? code : WebSocketCloseStatus.NORMAL_CLOSURE.code();
            channel.writeAndFlush(new CloseWebSocketFrame(answer, "")).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    void onInactive(String detail) {
        quieten(System.nanoTime());
        call.ended(CallEnding.Cause.CONNECTION_LOST, closeCode, detail);
    }

    private void quieten(long atNs) {
        stopSending();
        call.playout().stop(atNs);
    }

    private void stopSending() {
        silenced = true;
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    private void sendEcho(String name) {
        if (!silenced) {
            call.log().note(Kind.MARK_ECHOED, name);
            send(messages.mark(channel.alloc(), name));
        }
    }

    private void send(ByteBuf text) {
        write(text);
        channel.flush();
    }

    private void write(ByteBuf text) {
        channel.write(new TextWebSocketFrame(text), channel.voidPromise());
    }

    /** A final, masked text frame of 100 bytes, of which 40 come. */
    private static ByteBuf halfFrame() {
        ByteBuf half = Unpooled.buffer();
        half.writeByte(0x81).writeByte(0x80 | 100).writeInt(0);
        half.writeCharSequence("{\"event\":\"media\",\"sequenceNumber\":\"999\",", StandardCharsets.US_ASCII);
        return half;
    }
}
