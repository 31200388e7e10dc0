package io.ringdown.bridge.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT, handled by us: the JVM's own way of stopping exits 143 and swallows a second signal. The first asks to
 * stop, each further one to be quicker about it. SIGHUP asks to read the configuration again.
 */
public final class Signals implements AutoCloseable {
    private final Semaphore received = new Semaphore(0);
    private final Semaphore reloads = new Semaphore(0);

    private Signals() {}

    /** Takes the three signals over for the rest of the process. */
    public static Signals untilTold() {
        Signals signals = new Signals();
        handle("TERM", signals.received);
        handle("INT", signals.received);
        handle("HUP", signals.reloads);
        return signals;
    }

    /** By reflection, since the compiler forbids naming a class that every JDK has. */
    private static void handle(String signal, Semaphore received) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onSignal = (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                    received.release();
                    return null;
                }
                return method.getName().equals("equals") ? proxy == args[0] : System.identityHashCode(proxy);
            };
            Object handler =
                    Proxy.newProxyInstance(handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, onSignal);
            signalClass
                    .getMethod("handle", signalClass, handlerClass)
                    .invoke(null, signalClass.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle SIG" + signal, e);
        }
    }

    /** Waits for the next signal to stop. */
    public void await() throws InterruptedException {
        received.acquire();
    }

    /** Waits for SIGHUP; several that came meanwhile are one. */
    void awaitReload() throws InterruptedException {
        reloads.acquire();
        reloads.drainPermits();
    }

    /** Waits for the next signal to stop. False when {@code timeoutMs} passed first. */
    boolean await(long timeoutMs) throws InterruptedException {
        return received.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Whoever waits, waits no longer. */
    @Override
    public void close() {
        received.release();
    }
}
