package io.ringdown.bridge.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A model's address at which the first to come meets a well-behaved model, and whoever follows whatever the test is. */
final class RawModel implements AutoCloseable {
    private static final int WAIT_S = 30;

    /** A model that does not read is to be full soon, well before the system gives its connection up. */
    private static final int RECEIVE_BYTES = 16 << 10;

    private final ServerSocket listener = new ServerSocket();
    private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();

    RawModel() throws IOException {
        listener.setReceiveBufferSize(RECEIVE_BYTES);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(() -> {
            while (true) {
                connections.add(listener.accept());
            }
        });
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/v1/realtime");
    }

    /** The next to connect meets {@code behaved}. */
    void relayNextTo(URI behaved) throws IOException, InterruptedException {
        Socket client = nextConnection();
        Socket server = new Socket(behaved.getHost(), behaved.getPort());
        start(() -> relay(client, server));
        start(() -> relay(server, client));
    }

    /** The next to connect, which awaits an answer to its upgrade. */
    RawSocket next() throws IOException, InterruptedException {
        return RawSocket.asked(nextConnection());
    }

    boolean isAsked() {
        return !connections.isEmpty();
    }

    private Socket nextConnection() throws IOException, InterruptedException {
        Socket next = connections.poll(WAIT_S, TimeUnit.SECONDS);
        if (next == null) {
            throw new IOException("nobody asked for a model");
        }
        return next;
    }

    private static void relay(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[16 << 10];
        InputStream in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            to.getOutputStream().write(buffer, 0, read);
        }
        to.close();
    }

    /** Until one of its sockets is closed. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "raw-model");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
