package io.ringdown.bridge.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Waits for sockets and reads them as another handler does, and knows how many it read and how long that took: the one thing
 * that says how long a turn was whose reading was part of its parking. Lane only.
 */
final class TimedReading implements IoHandler {
    /** What one or more handlers tell; written while they run. */
    static final class Meter {
        private long readingNs;
        private int sockets;

        /** How many sockets the last run found ready. */
        int sockets() {
            return sockets;
        }

        /** How long all have read since this was asked. */
        long takeNs() {
            long taken = readingNs;
            readingNs = 0;
            return taken;
        }
    }

    private final IoHandler handler;
    private final Context context;

    private TimedReading(IoHandler handler, Meter meter) {
        this.handler = handler;
        context = new Context(meter);
    }

    static IoHandlerFactory of(IoHandlerFactory handlers, Meter meter) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new TimedReading(handlers.newHandler(executor), meter);
            }

            @Override
            public boolean isChangingThreadSupported() {
                return handlers.isChangingThreadSupported();
            }
        };
    }

    @Override
    public int run(IoHandlerContext asked) {
        context.asked = asked;
        int sockets = handler.run(context);
        context.meter.sockets = sockets;
        return sockets;
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return handler.register(handle);
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    private static final class Context implements IoHandlerContext {
        private final Meter meter;
        private IoHandlerContext asked;

        Context(Meter meter) {
            this.meter = meter;
        }

        @Override
        public boolean canBlock() {
            return asked.canBlock();
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return asked.delayNanos(currentTimeNanos);
        }

        @Override
        public long deadlineNanos() {
            return asked.deadlineNanos();
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return true;
        }

        @Override
        public void reportActiveIoTime(long activeNanos) {
            meter.readingNs += activeNanos;
        }
    }
}
