package io.ringdown.bridge.install;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server on loopback that answers one request, whatever it is, and remembers how it began. */
final class OneAnswer implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 4_096;

    private final ServerSocket listener;
    private final CompletableFuture<String> request;

    private OneAnswer(ServerSocket listener, String answer) {
        this.listener = listener;
        request = CompletableFuture.supplyAsync(() -> serve(answer));
    }

    static OneAnswer of(String answer) throws IOException {
        return new OneAnswer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), answer);
    }

    private String serve(String answer) {
        try (Socket socket = listener.accept();
                InputStream in = socket.getInputStream()) {
            byte[] read = new byte[MAX_REQUEST_BYTES];
            int length = in.read(read);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return new String(read, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    String request() throws Exception {
        return request.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
