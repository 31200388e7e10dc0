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
        try (Socket socket = listener.accept()) {
            String asked = wholeRequest(socket.getInputStream());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return asked;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whoever is answered and left before he has said all may die of it. */
    private static String wholeRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            request.append((char) read);
            if (request.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return request.toString();
    }

    int port() {
        return listener.getLocalPort();
    }

    String request() throws Exception {
        return request.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
