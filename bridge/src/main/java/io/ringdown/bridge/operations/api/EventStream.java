package io.ringdown.bridge.operations.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells everybody who listens what happens, as server-sent events. Each event is written as JSON once for all. */
final class EventStream {
    private static final int MAX_READERS = 256;

    private final Controls controls;
    private final List<Reader> readers = new ArrayList<>();
    private CallsView shown = new CallsView(0, List.of(), Map.of());

    EventStream(Controls controls) {
        this.controls = controls;
    }

    /** Everything: the first event of a reader, and the first after one has been behind. */
    private record Snapshot(
            @JsonUnwrapped ServerView server, List<LaneView> lanes, List<List<Object>> calls, List<EndedCall> ended) {}

    /** What differs from the event before; also the heartbeat. */
    private record Changes(
            @JsonUnwrapped ServerView server, List<LaneView> lanes, List<List<Object>> changed, List<String> gone) {}

    private record Ended(List<EndedCall> ended) {}

    boolean isFull() {
        return readers.size() >= MAX_READERS;
    }

    boolean hasReaders() {
        return !readers.isEmpty();
    }

    /** From the next view on; the response has begun. */
    void add(ChannelHandlerContext context) {
        Reader reader = new Reader(context);
        readers.add(reader);
        context.channel().closeFuture().addListener(closed -> readers.remove(reader));
    }

    void onView(CallsView view) {
        CallsView before = shown;
        shown = view;
        if (readers.isEmpty()) {
            return;
        }
        long nowNs = System.nanoTime();
        ByteBuf changes = event("changes", changes(view, before));
        ByteBuf[] snapshot = new ByteBuf[1];
        try {
            for (Reader reader : List.copyOf(readers)) {
                reader.onView(changes, () -> snapshot[0] == null ? snapshot[0] = snapshot(view) : snapshot[0], nowNs);
            }
        } finally {
            changes.release();
            if (snapshot[0] != null) {
                snapshot[0].release();
            }
        }
    }

    void onEnded(List<EndedCall> news) {
        if (news.isEmpty() || readers.isEmpty()) {
            return;
        }
        long nowNs = System.nanoTime();
        ByteBuf event = event("ended", new Ended(news));
        try {
            List.copyOf(readers).forEach(reader -> reader.onEnded(event, nowNs));
        } finally {
            event.release();
        }
    }

    private ByteBuf snapshot(CallsView view) {
        return event(
                "snapshot",
                new Snapshot(
                        controls.server(),
                        view.lanes(),
                        view.rows(),
                        controls.ended().latest()));
    }

    private Changes changes(CallsView view, CallsView before) {
        return new Changes(controls.server(), view.lanes(), view.changedSince(before), view.goneSince(before));
    }

    private static ByteBuf event(String name, Object data) {
        return Unpooled.copiedBuffer("event: " + name + "\ndata: " + Json.of(data) + "\n\n", UTF_8);
    }
}
