package io.ringdown.bridge.carrier.twilio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringdown.bridge.net.TextFrames;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CarrierLeg;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's side of one call: one WebSocket of Twilio Media Streams. The last handler of its channel's pipeline, behind
 * a WebSocket decoder that hands it whole texts at once, a UTF-8 validator and an aggregator of
 * {@link Workbench#MAX_MESSAGE_BYTES} for the rest. Lane only.
 *
 * <p>Whatever Netty calls while the lane serves calls, as when a write fails, is put off until after that turn.
 */
public final class TwilioLeg extends SimpleChannelInboundHandler<WebSocketFrame> implements CarrierLeg, TwilioMessages {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioLeg.class);
    private static final long CLOSE_ANSWER_MS = 1_000;

    private final CallPort port;
    private final Workbench workbench;
    private final Function<StreamStart, Admittance> admission;
    private final Outbox outbox;
    private final TwilioDecoder decoder;
    private final BadMessages badMessages;
    private final Runnable whenInactive = this::onEnd;

    private ChannelHandlerContext ctx;
    private ChannelHandlerContext wire; // set with the encoder
    private TwilioEncoder encoder; // once the stream has started and was admitted
    private boolean closing;
    private boolean endTold;
    private boolean abuseTold;

    /**
     * @param workbench the lane's
     * @param admission asked once, when the stream starts
     */
    public TwilioLeg(CallPort port, Workbench workbench, Function<StreamStart, Admittance> admission) {
        this.port = port;
        this.workbench = workbench;
        this.admission = admission;
        outbox = new Outbox(port);
        decoder = new TwilioDecoder(this, workbench.json());
        badMessages = new BadMessages(workbench);
    }

    // what the channel says

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        if (closing) {
            ctx.close();
        }
        if (!ctx.channel().isActive()) {
            port.lane().afterTurn(whenInactive);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            onClose(frame);
        } else if (closing) {
            return; // the peer talks on until it has seen our close
        } else if (frame instanceof TextWebSocketFrame) {
            onText(frame.content());
        } else if (frame instanceof PingWebSocketFrame) {
            onPing(frame.content());
        } else if (frame instanceof BinaryWebSocketFrame) {
            bad(BadMessage.BINARY);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        port.lane().afterReading();
        ctx.fireChannelReadComplete();
    }

    /** A whole message, by the short cut past the frame's object: {@code text} is lent for the time of the call. */
    void onWholeText(ByteBuf text) {
        if (!closing) {
            onText(text);
        }
    }

    private void onText(ByteBuf text) {
        int length = text.readableBytes();
        if (length > Workbench.MAX_MESSAGE_BYTES) {
            bad(BadMessage.TOO_LONG);
            return;
        }
        text.readBytes(workbench.text(), 0, length);
        decoder.decode(workbench.text(), length);
        if (outbox.isBlocked() && !closing) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** A peer that pings and does not read gets no answer: it would pile up. */
    private void onPing(ByteBuf content) {
        if (ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(content.retain()), ctx.voidPromise());
        }
    }

    private void onClose(WebSocketFrame close) {
        if (beginClosing()) {
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        port.lane().afterTurn(whenInactive);
    }

    private void onEnd() {
        closing = true;
        if (!endTold) {
            endTold = true;
            outbox.tell(event -> event.happened(EventType.CARRIER_LOST));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        port.lane().afterTurn(() -> onException(cause));
    }

    private void onException(Throwable cause) {
        if (closing) {
            LOG.debug("after the end of the carrier's stream: {}", cause.toString());
        } else if (cause instanceof CorruptedFrameException) {
            abused("broken WebSocket frames");
            beginClosing(); // Netty has sent the close that fits
        } else if (cause instanceof TooLongFrameException) {
            abused("a message longer than " + Workbench.MAX_MESSAGE_BYTES + " bytes");
            close(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            LOG.debug("the carrier's socket failed: {}", cause.toString());
        } else {
            LOG.error("the carrier's leg failed", cause);
            close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
        }
    }

    // what the decoder says

    @Override
    public void connected() {
        // nothing begins before the start
    }

    @Override
    public void started(StreamStart start) {
        badMessages.of(start.callSid());
        Admittance admittance = admission.apply(start);
        if (admittance.refusal() == null) {
            encoder = new TwilioEncoder(start.streamSid());
            wire = TextFrames.wayOut(ctx);
            outbox.tell(event -> event.callStarted(start.callSid(), admittance.settings()));
        } else {
            outbox.tell(event -> event.failed(EventType.START_REFUSED, admittance.refusal()));
            close(WebSocketCloseStatus.POLICY_VIOLATION);
        }
    }

    @Override
    public void media(byte[] text, int offset, int length, long timestampMs) {
        outbox.callerAudio(text, offset, length, timestampMs);
    }

    @Override
    public void mark(int generation, int number) {
        outbox.tell(event -> event.markEchoed(generation, number));
    }

    @Override
    public void dtmf(String digit) {
        outbox.tell(event -> event.digitPressed(digit));
    }

    @Override
    public void stopped() {
        endTold = true;
        outbox.tell(event -> event.happened(EventType.CARRIER_STOPPED));
    }

    @Override
    public void bad(BadMessage reason) {
        if (badMessages.add(reason)) {
            abused("too many bad messages");
            close(WebSocketCloseStatus.POLICY_VIOLATION);
        }
    }

    private void abused(String how) {
        if (!abuseTold) {
            abuseTold = true;
            outbox.tell(event -> event.failed(EventType.PEER_ABUSED, how));
        }
    }

    // what the lane wants

    @Override
    public void sendAudio(Frame frame) {
        if (isOpen()) {
            write(encoder.media(frame, ctx.alloc()));
        }
    }

    @Override
    public void sendMark(int generation, int mark) {
        if (isOpen()) {
            write(encoder.mark(generation, mark, ctx.alloc()));
        }
    }

    @Override
    public void sendClear() {
        if (isOpen()) {
            write(encoder.clear(ctx.alloc()));
            wire.flush();
        }
    }

    private void write(ByteBuf text) {
        wire.write(TextFrames.ofServer(text), ctx.voidPromise());
    }

    @Override
    public void flush() {
        if (isOpen()) {
            wire.flush();
        }
    }

    private boolean isOpen() {
        return encoder != null && !closing && !endTold && ctx.channel().isActive();
    }

    @Override
    public boolean writable() {
        return ctx != null && ctx.channel().isWritable();
    }

    @Override
    public long pendingBytes() {
        ChannelOutboundBuffer pending =
                ctx == null ? null : ctx.channel().unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    public void resumeReading() {
        outbox.resume();
        if (!outbox.isBlocked() && ctx != null) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void close() {
        outbox.dropAudio();
        close(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    private void close(WebSocketCloseStatus status) {
        if (beginClosing() && ctx != null && ctx.channel().isActive()) {
            ctx.writeAndFlush(new CloseWebSocketFrame(status), ctx.voidPromise());
        }
    }

    /** From here on nothing is taken in or sent, and the socket is closed when the peer agrees or does not answer. False if begun before. */
    private boolean beginClosing() {
        if (closing) {
            return false;
        }
        closing = true;
        if (ctx != null) {
            ctx.channel().config().setAutoRead(true); // the peer's answer is awaited
            Runnable giveUp = ctx::close;
            ctx.executor().schedule(giveUp, CLOSE_ANSWER_MS, TimeUnit.MILLISECONDS);
        }
        return true;
    }
}
