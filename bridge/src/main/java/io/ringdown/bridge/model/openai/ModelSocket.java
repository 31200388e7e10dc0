package io.ringdown.bridge.model.openai;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.ringdown.bridge.net.TextFrames;
import io.ringdown.bridge.net.Tls;
import io.ringdown.bridge.net.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket to the model: text messages out and in, each read whole. Lane only. Once closed it is silent; before, it
 * tells its end exactly once.
 */
final class ModelSocket {
    /** A whole {@code response.done} or a delta of seconds fits many times over; beyond it the connection is given up. */
    static final int MAX_MESSAGE_BYTES = 4 << 20;

    /** What comes of a socket. Called on the lane; {@link #lost} also from inside a call of ours. */
    interface Listener {
        /** The upgrade is done: messages may go both ways. */
        void connected();

        /** The server answered the upgrade with {@code status}; {@code body} begins what it said. The loss follows. */
        void refused(int status, String body);

        /** A text message, lent for the time of the call: to be copied, not retained. */
        void received(ByteBuf message);

        /** A binary message, which no server of ours should send, was passed over. */
        void receivedBinary();

        /** The connection ended, or never was. Nothing follows. */
        void lost(String cause);
    }

    private static final int MAX_REFUSAL_BYTES = 64 << 10;
    private static final int CLOSE_TIMEOUT_MS = 2_000;

    /** Caller audio is under way all the time: a model whose machine acknowledges none for so long is gone. */
    private static final int SILENT_PEER_MS = 15_000;

    /** A second of audio is some 11 KB here: what has not gone out by then is better held by the lane, which may drop it. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);

    /** The same for the system's buffer. */
    private static final int MAX_UNSENT_BYTES = 16 << 10;

    private final ModelConnector connector;
    private final Listener listener;
    private InetSocketAddress address;
    private Channel channel;
    private ChannelHandlerContext wire; // while open
    private boolean open;
    private boolean over;
    private String awaited = "TCP";

    ModelSocket(ModelConnector connector, Listener listener) {
        this.connector = connector;
        this.listener = listener;
    }

    /** @param model its name */
    void connect(String model) {
        address = connector.endpoint().address();
        ChannelFuture connecting = new Bootstrap()
                .group(connector.eventLoop())
                .channel(connector.channelType())
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fill(channel, model);
                    }
                })
                .connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                onNotConnected("connect: " + done.cause().getMessage());
            }
        });
    }

    /** A socket that could not be made, for want of descriptors, fails on a thread of Netty's own. */
    private void onNotConnected(String cause) {
        if (connector.eventLoop().inEventLoop()) {
            onLost(cause);
        } else {
            connector.eventLoop().execute(() -> onLost(cause));
        }
    }

    private void fill(Channel channel, String model) {
        ModelEndpoint endpoint = connector.endpoint();
        Transport.noticeSilentPeer(channel, SILENT_PEER_MS);
        Transport.holdUnsentAtMost(channel, MAX_UNSENT_BYTES);
        ChannelPipeline pipeline = channel.pipeline();
        Tls tls = endpoint.tls();
        if (tls != null) {
            pipeline.addLast(tls.connecting(channel, endpoint.host(), endpoint.port()));
        }
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(new HttpObjectAggregator(MAX_REFUSAL_BYTES));
        pipeline.addLast(new ModelHandler(this, endpoint, model));
    }

    // what the handler has to tell

    /** The part of connecting that is under way, for people. */
    void awaits(String part) {
        awaited = part;
    }

    void onConnected(ChannelHandlerContext handler) {
        if (!over) {
            wire = TextFrames.wayOut(handler);
            open = true;
            listener.connected();
        }
    }

    void onRefused(int status, String body) {
        if (!over) {
            listener.refused(status, body);
        }
    }

    void onReceived(ByteBuf message) {
        if (!over) {
            listener.received(message);
        }
    }

    void onReceivedBinary() {
        if (!over) {
            listener.receivedBinary();
        }
    }

    /** Whether nobody wants to hear anything any more. */
    boolean isOver() {
        return over;
    }

    void onLost(String cause) {
        open = false;
        if (!over) {
            over = true;
            listener.lost(cause);
        }
    }

    // what the leg wants

    /** The part of connecting that is not done, with the peer's address; null once open, or over. */
    String awaited() {
        return open || over || channel == null ? null : awaited + " with " + address;
    }

    /** Whether the upgrade is done and the end is not. */
    boolean isOpen() {
        return open;
    }

    boolean isWritable() {
        return open && channel.isWritable();
    }

    /** Writes {@code message}, which is the socket's from now on, without flushing. Only while open. */
    void write(ByteBuf message) {
        channel.write(new TextWebSocketFrame(message), channel.voidPromise());
    }

    /** The same for a text in a buffer of {@link TextFrames}, which becomes the frame. */
    void writeFramed(ByteBuf text) {
        wire.write(TextFrames.ofClient(text), channel.voidPromise());
    }

    void flush() {
        if (open) {
            wire.flush();
        }
    }

    void setReading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    /** Says goodbye and closes when the server has said so too, or soon; while connecting, at once. Any number of times. */
    void close() {
        if (over) {
            return;
        }
        over = true;
        if (!open) {
            closeNow();
            return;
        }
        open = false;
        channel.config().setAutoRead(true); // to see the server's close
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), channel.voidPromise());
        channel.eventLoop().schedule(this::closeNow, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private void closeNow() {
        if (channel != null && channel.isRegistered()) {
            channel.close();
        }
    }
}
