package io.ringdown.bridge.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One end of a WebSocket, spoken byte by byte, so that what no library would send can be on the wire. The test writes; a
 * thread of its own keeps what comes. What the other end does not want any more is written to nobody.
 */
final class RawSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] MASK = {0x5A, 0x01, (byte) 0xF0, 0x33};

    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, UTF_8);
        }
    }

    private final Socket socket;
    private final boolean client;
    private final List<Frame> received = new ArrayList<>();
    private volatile boolean over;
    String request; // of the server's side, once it was read

    private RawSocket(Socket socket, boolean client) throws IOException {
        this.socket = socket;
        this.client = client;
        socket.setTcpNoDelay(true);
    }

    /** A client that was let in. It reads nothing more before it is {@link #listening}. */
    static RawSocket connect(InetSocketAddress address, String path) throws IOException {
        return connect(address, path, "");
    }

    /** @param headers more lines of the request, each ended by CRLF */
    static RawSocket connect(InetSocketAddress address, String path, String headers) throws IOException {
        RawSocket raw = new RawSocket(new Socket(address.getAddress(), address.getPort()), true);
        raw.send(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers
                        + "\r\n")
                .getBytes(ISO_8859_1));
        String answer = raw.head();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("not let in: " + answer);
        }
        return raw;
    }

    /** A server whose client waits for the answer to its {@link #request}. */
    static RawSocket asked(Socket accepted) throws IOException {
        RawSocket raw = new RawSocket(accepted, false);
        raw.request = raw.head();
        return raw;
    }

    /** Lets the client in. What it says is kept from {@link #listening} on. */
    RawSocket letIn() throws IOException, GeneralSecurityException {
        String key = request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .findFirst()
                .orElseThrow()
                .split(":")[1]
                .trim();
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(ISO_8859_1));
        send(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        return this;
    }

    RawSocket listening() {
        Thread reader = new Thread(this::read, "raw-socket");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended in its head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                Frame frame = frame(in);
                synchronized (received) {
                    received.add(frame);
                }
            }
        } catch (IOException gone) {
            over = true;
        }
    }

    private static Frame frame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        int second = in.readUnsignedByte();
        int length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; mask.length > 0 && i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(opcode, payload);
    }

    // what is sent

    /** A frame as this end should send it. */
    byte[] frame(int first, byte[] payload) {
        return frame(first, payload, client);
    }

    static byte[] frame(int first, byte[] payload, boolean masked) {
        byte[] header = header(first, payload.length, masked);
        byte[] frame = ByteBuffer.allocate(header.length + payload.length)
                .put(header)
                .put(payload)
                .array();
        for (int i = 0; masked && i < payload.length; i++) {
            frame[header.length + i] ^= MASK[i & 3];
        }
        return frame;
    }

    /** What comes before {@code length} bytes of payload, sent or not. */
    static byte[] header(int first, long length, boolean masked) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        int bit = masked ? 0x80 : 0;
        if (length >= 0 && length < 126) {
            header.put((byte) (bit | length));
        } else if (length >= 0 && length < 65_536) {
            header.put((byte) (bit | 126)).putShort((short) length);
        } else {
            header.put((byte) (bit | 127)).putLong(length);
        }
        if (masked) {
            header.put(MASK);
        }
        byte[] exact = new byte[header.position()];
        header.flip().get(exact);
        return exact;
    }

    void text(String text) {
        send(frame(FIN | TEXT, text.getBytes(UTF_8)));
    }

    void close(int code) {
        send(frame(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array()));
    }

    void send(byte[]... bytes) {
        try {
            for (byte[] each : bytes) {
                socket.getOutputStream().write(each);
            }
        } catch (IOException unwanted) {
            over = true;
        }
    }

    /** The connection breaks without a word. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Nothing more will be sent, though all is still read. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    // what came

    /** Whether the other end is gone. */
    boolean isOver() {
        return over;
    }

    List<Frame> received(int opcode) {
        synchronized (received) {
            return received.stream().filter(frame -> frame.opcode() == opcode).toList();
        }
    }

    /** The code of the close that came; 1005 for one without, -1 when there was none. */
    int closeCode() {
        List<Frame> closes = received(CLOSE);
        if (closes.isEmpty()) {
            return -1;
        }
        byte[] payload = closes.get(0).payload();
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
}
