package io.ringdown.bridge.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives each connection to the next node in turn that takes it, as a balancer of connections does. Knows nothing of calls. */
final class Balancer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket();
    private final List<InetSocketAddress> nodes;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private int next;

    private Balancer(List<InetSocketAddress> nodes) throws IOException {
        this.nodes = new CopyOnWriteArrayList<>(nodes);
        listening.bind(new InetSocketAddress("127.0.0.1", 0));
    }

    static Balancer over(InetSocketAddress... nodes) throws IOException {
        Balancer balancer = new Balancer(List.of(nodes));
        inBackground(balancer::accept);
        return balancer;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** New connections go elsewhere; those that stand, stand. */
    void leaveOut(InetSocketAddress node) {
        nodes.remove(node);
    }

    void takeIn(InetSocketAddress node) {
        nodes.add(node);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void inBackground(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException closed) {
                        // one of the ends is gone, and the other is closed by whoever runs this
                    }
                },
                "balancer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket node = connect();
            open.addAll(List.of(client, node));
            inBackground(() -> pump(client, node));
            inBackground(() -> pump(node, client));
        }
    }

    private Socket connect() throws IOException {
        IOException refusal = new IOException("no node");
        List<InetSocketAddress> now = List.copyOf(nodes);
        for (int tried = 0; tried < now.size(); tried++) {
            InetSocketAddress node = now.get(next++ % now.size());
            try {
                return new Socket(node.getAddress(), node.getPort());
            } catch (IOException e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
