package io.ringdown.bridge.journal;

import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.journal.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** When the caller heard which response, by the machine's own reckoning of what was played. */
final class HeardAudio {
    /** Shorter pauses are not heard as such. */
    private static final double PAUSE_MS = 60;

    private final Clock clock;
    private final List<Timeline.Heard> spans = new ArrayList<>();

    /** What was sent and not heard yet, as positions in all that was sent. */
    private final ArrayDeque<Piece> unheard = new ArrayDeque<>();

    private long sentBytes;
    private long heardBytes;
    private long lastNs;

    private record Piece(int response, long startBytes, long endBytes) {}

    HeardAudio(Clock clock) {
        this.clock = clock;
    }

    void handled(Entry.Happened entry, CallMachine machine) {
        long nowNs = entry.nowNs();
        long sent = machine.sentBytes();
        long heard = machine.heardBytes(nowNs);
        if (sent < sentBytes) {
            hear(Math.min(heard, sentBytes), nowNs);
            cut();
        } else if (sent > sentBytes && entry.event().type() == EventType.AUDIO_SENT) {
            unheard.add(new Piece(entry.event().response(), sentBytes, sent));
        }
        sentBytes = sent;
        hear(heard, nowNs);
        lastNs = nowNs;
    }

    /** The caller has come to {@code toBytes}, byte after byte until now. */
    private void hear(long toBytes, long nowNs) {
        while (!unheard.isEmpty() && unheard.peek().startBytes() < toBytes) {
            Piece piece = unheard.poll();
            long from = Math.max(piece.startBytes(), heardBytes);
            long to = Math.min(piece.endBytes(), toBytes);
            if (to > from) {
                add(piece.response(), atNs(from, toBytes, nowNs), atNs(to, toBytes, nowNs));
            }
            if (piece.endBytes() > toBytes) {
                unheard.addFirst(new Piece(piece.response(), to, piece.endBytes()));
                break;
            }
        }
        heardBytes = toBytes;
    }

    private long atNs(long bytes, long toBytes, long nowNs) {
        return Math.max(lastNs, nowNs - MuLaw.durationNs(toBytes - bytes));
    }

    private void add(int response, long fromNs, long toNs) {
        double fromMs = clock.ms(fromNs);
        double toMs = clock.ms(toNs);
        Timeline.Heard last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (last != null && last.response() == response && !last.cut() && fromMs - last.toMs() < PAUSE_MS) {
            spans.set(spans.size() - 1, new Timeline.Heard(last.fromMs(), toMs, response, false));
        } else {
            spans.add(new Timeline.Heard(fromMs, toMs, response, false));
        }
    }

    /** What is left is never heard. */
    private void cut() {
        for (Piece piece : unheard) {
            for (int i = spans.size() - 1; i >= 0; i--) {
                Timeline.Heard span = spans.get(i);
                if (span.response() == piece.response()) {
                    spans.set(i, new Timeline.Heard(span.fromMs(), span.toMs(), span.response(), true));
                    break;
                }
            }
        }
        unheard.clear();
    }

    List<Timeline.Heard> spans() {
        return spans;
    }
}
