package io.ringdown.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Which of the system's ways to wait for sockets is used; selector, listening and connected sockets must agree. */
public enum Transport {
    EPOLL {
        @Override
        IoHandlerFactory selectors() {
            return EpollIoHandler.newFactory();
        }

        @Override
        IoHandlerFactory selectorsOf(int atOnce) {
            return EpollIoHandler.newFactory(atOnce, DefaultSelectStrategyFactory.INSTANCE);
        }

        @Override
        ServerSocketChannel listeningSocket() {
            return new EpollServerSocketChannel();
        }

        @Override
        public Class<? extends SocketChannel> socketClass() {
            return EpollSocketChannel.class;
        }
    },
    NIO {
        @Override
        IoHandlerFactory selectors() {
            return NioIoHandler.newFactory();
        }

        @Override
        IoHandlerFactory selectorsOf(int atOnce) {
            return selectors();
        }

        @Override
        ServerSocketChannel listeningSocket() {
            return new NioServerSocketChannel();
        }

        @Override
        public Class<? extends SocketChannel> socketClass() {
            return NioSocketChannel.class;
        }
    };

    // a quarter to half a second of one call's messages: what waits longer belongs in `tx`, where a barge-in can drop
    // it
    private static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(8 * 1_024, 16 * 1_024);

    /** Epoll where the system has it, NIO elsewhere. */
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /**
     * Sets what both legs want of a socket: no waiting to fill packets, dead peers noticed, and an early word that it
     * takes no more. Buffers are left to Netty's default allocator, which pools adaptively.
     *
     * @throws io.netty.channel.ChannelException if the socket is gone already
     */
    public static void tune(SocketChannel socket) {
        socket.config().setTcpNoDelay(true).setKeepAlive(true).setWriteBufferWaterMark(WRITE_MARKS);
    }

    /**
     * Has the system give a connection up when {@code timeoutMs} have passed in which the peer acknowledged nothing that was
     * sent, or took nothing of it. Where there is no epoll the system's own patience, of a quarter of an hour, remains.
     */
    public static void noticeSilentPeer(Channel channel, int timeoutMs) {
        if (channel instanceof EpollSocketChannel socket) {
            socket.config().setTcpUserTimeout(timeoutMs);
        }
    }

    /**
     * Has a connection take no more while the system holds {@code bytes} that it could not send: audio in the system's buffers,
     * megabytes otherwise, is old when its peer reads again, and nobody can drop it. Where there is no epoll it may fill them.
     */
    public static void holdUnsentAtMost(Channel channel, int bytes) {
        if (channel instanceof EpollSocketChannel socket) {
            try {
                socket.config().setTcpNotSentLowAt(bytes);
            } catch (ChannelException unknown) {
                // to some sandboxes: no reason to do without the connection
            }
        }
    }

    abstract IoHandlerFactory selectors();

    /** Which read {@code atOnce} sockets in a run, and in the next those that were not read; all in each run where there is no epoll. */
    abstract IoHandlerFactory selectorsOf(int atOnce);

    abstract ServerSocketChannel listeningSocket();

    /** The class a client's {@code Bootstrap} on a lane's sockets must name. */
    public abstract Class<? extends SocketChannel> socketClass();
}
