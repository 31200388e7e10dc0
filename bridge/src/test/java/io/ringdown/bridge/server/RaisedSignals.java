package io.ringdown.bridge.server;

import java.util.HashMap;
import java.util.Map;

/** Raises real signals in this process, and gives back the handlers that it found. By reflection, as {@link Signals}. */
public final class RaisedSignals implements AutoCloseable {
    private static final String[] NAMES = {"TERM", "INT", "HUP"};
    private final Map<String, Object> found = new HashMap<>();

    public RaisedSignals() throws ReflectiveOperationException {
        Object standard = handlerClass().getField("SIG_DFL").get(null); // the JVM lets nobody handle what was ignored
        for (String name : NAMES) {
            found.put(name, handle(name, standard));
        }
    }

    /** Returns before the handler has run, which it does on a thread of its own. */
    public void raise(String name) throws ReflectiveOperationException {
        signalClass().getMethod("raise", signalClass()).invoke(null, signal(name));
    }

    @Override
    public void close() throws ReflectiveOperationException {
        for (String name : NAMES) {
            handle(name, found.get(name));
        }
    }

    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        return signalClass().getMethod("handle", signalClass(), handlerClass()).invoke(null, signal(name), handler);
    }

    private static Object signal(String name) throws ReflectiveOperationException {
        return signalClass().getConstructor(String.class).newInstance(name);
    }

    private static Class<?> signalClass() throws ClassNotFoundException {
        return Class.forName("sun.misc.Signal");
    }

    private static Class<?> handlerClass() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }
}
