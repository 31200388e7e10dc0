package io.ringdown.bridge.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Somebody who listens to {@code /api/events}. */
final class EventReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final BufferedReader lines;
    private String status;

    private EventReader(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream()
                .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    static EventReader of(InetSocketAddress address) throws IOException {
        return new EventReader(new Socket(address.getAddress(), address.getPort()));
    }

    /** Its own end holds next to nothing. */
    static EventReader slow(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(address);
        return new EventReader(socket);
    }

    String status() throws IOException {
        if (status == null) {
            status = lines.readLine();
        }
        return status;
    }

    /** The next event, which must be of that name. */
    JsonNode next(String name) throws IOException {
        JsonNode[] found = new JsonNode[1];
        String got = event(found);
        if (!got.equals(name)) {
            throw new AssertionError("not " + name + " but " + got);
        }
        return found[0];
    }

    /** The next event of that name for which this holds; others are passed over. */
    JsonNode nextWhere(String name, Predicate<JsonNode> holds) throws IOException {
        JsonNode[] found = new JsonNode[1];
        while (true) {
            if (event(found).equals(name) && holds.test(found[0])) {
                return found[0];
            }
        }
    }

    private String event(JsonNode[] data) throws IOException {
        String name = null;
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data[0] = JSON.readTree(line.substring("data: ".length()));
                return name;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
