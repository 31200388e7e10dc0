package io.ringdown.bridge.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT, handled by us: the JVM's own way of stopping exits 143 and swallows a second signal. The first asks to
 * stop, the second to stop at once.
 */
public final class Signals implements AutoCloseable {
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(2);

    private Signals() {}

    /** Takes both signals over for the rest of the process. */
    public static Signals untilTold() {
        Signals signals = new Signals();
        handle("TERM", signals);
        handle("INT", signals);
        return signals;
    }

    /** By reflection, since the compiler forbids naming a class that every JDK has. */
    private static void handle(String signal, Signals signals) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onSignal = (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                    signals.received();
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

    private void received() {
        first.countDown();
        second.countDown();
    }

    /** Waits for the first signal. */
    public void await() throws InterruptedException {
        first.await();
    }

    /** Waits for a second signal. False when {@code timeoutMs} passed first. */
    boolean awaitSecond(long timeoutMs) throws InterruptedException {
        return second.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        first.countDown();
    }
}
