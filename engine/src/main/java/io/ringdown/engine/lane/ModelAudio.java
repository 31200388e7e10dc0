package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.audio.OutQueue;
import io.ringdown.engine.audio.TxQueue;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import java.util.Arrays;
import java.util.Base64;

/**
 * One call's audio from the model to the caller: {@code out}, the pacing, {@code tx}, and the socket. What moves is told to
 * the machine, as events like any other. Lane only.
 */
final class ModelAudio {
    /** Pieces of a recording: 240 ms, at a multiple of 3 bytes, so that only the last is padded. */
    private static final int CLIP_PIECE_BYTES = 4 * 480;

    /** So little is left when the next frame goes out, also if it is longer than the lead: the line never falls silent. */
    private static final int REFILL_MS = 40;

    private final Call call;
    private final Lane lane;
    private final CarrierLeg carrier;
    private final long refillBytes;
    private final OutQueue out;
    private final TxQueue tx = new TxQueue();
    private final CallEvent moved = new CallEvent();

    private boolean unflushed;
    private boolean blocked;
    private long pendingBytes;
    private long dueNs = Call.NEVER;

    /** Until when audio last had to wait for its time. */
    private long pacedUntilNs = Long.MIN_VALUE;

    ModelAudio(Call call, Lane lane, CarrierLeg carrier) {
        this.call = call;
        this.lane = lane;
        this.carrier = carrier;
        refillBytes = (REFILL_MS + lane.settings().tickMs()) * (long) MuLaw.BYTES_PER_MS;
        out = new OutQueue(lane.settings().outBytes());
    }

    // what comes in

    boolean hasRoom(int bytes) {
        return out.hasRoom(bytes);
    }

    /** μ-law bytes in {@code out}. */
    int waitingBytes() {
        return out.bytes();
    }

    /** Ordinal of the first of the model's responses that waits, or 0 if none does. */
    int firstWaiting() {
        return out.firstResponse();
    }

    /** Takes the frame over, for which there {@link #hasRoom}. */
    void queue(Frame frame) {
        if (!out.offer(frame)) {
            frame.release();
            throw new IllegalStateException("out has no room although it said so: bytes=" + out.bytes());
        }
    }

    /** Queues as much of the recording as there are frames for. Returns its bytes. */
    int queueClip(byte[] muLaw, int part, int generation) {
        int queuedBytes = 0;
        while (queuedBytes < muLaw.length) {
            int bytes = Math.min(CLIP_PIECE_BYTES, muLaw.length - queuedBytes);
            Frame frame = out.hasRoom(bytes) ? lane.downlinkFrame(call.port) : null;
            if (frame == null) {
                return queuedBytes;
            }
            byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(muLaw, queuedBytes, queuedBytes + bytes));
            System.arraycopy(text, 0, frame.text(), 0, text.length);
            frame.filled(Base64Text.length(bytes), bytes);
            frame.belongsTo(0, part, generation);
            queue(frame);
            queuedBytes += bytes;
        }
        return queuedBytes;
    }

    void queueMark(int generation, int mark) {
        Frame frame = lane.markFrame(generation, mark);
        if (frame != null && !out.offer(frame)) {
            frame.release();
            lane.counters().add(LaneCounter.MARKS_REFUSED, 1);
        }
    }

    void stageMark(int generation, int mark) {
        Frame frame = lane.markFrame(generation, mark);
        if (frame != null && !tx.offer(frame)) {
            frame.release();
            lane.counters().add(LaneCounter.MARKS_REFUSED, 1);
        }
    }

    void clear(DropReason reason) {
        drop(reason);
        unflushed = true;
        carrier.sendClear();
    }

    void discard(int response, DropReason reason) {
        restage();
        lane.counters().dropped(reason, out.discard(response));
    }

    /** Gives every frame back. */
    void drop(DropReason reason) {
        restage();
        lane.counters().dropped(reason, out.clear() + tx.clear());
    }

    // what goes out

    /** Moves what can move. True while the carrier's socket holds back what it was given. */
    boolean move() {
        stage();
        send();
        observeSocket();
        if (dueNs == Call.NEVER && !out.isEmpty() && !blocked) {
            dueNs = lane.nowNs(); // tx was full, or what moved made the machine say more
        }
        return blocked;
    }

    /** What waits, or how far the caller has heard, is not what it was: the time at which audio may go on is reckoned anew. */
    void restage() {
        dueNs = Call.NEVER;
    }

    /** When audio in {@code out} may go on although nothing happens; {@link Call#NEVER} if none waits for its time. */
    long dueNs() {
        return dueNs;
    }

    /** {@code out} to {@code tx}, within the lead: what the carrier holds can still be cleared, but only by asking. */
    private void stage() {
        if (dueNs != Call.NEVER && dueNs > lane.nowNs()) {
            return;
        }
        dueNs = Call.NEVER;
        for (Frame next = out.peek(); next != null && !tx.isFull(); next = out.peek()) {
            long earlyBytes = next.isMark() ? 0 : call.aheadBytes() - aheadAtMost(next.audioBytes());
            if (earlyBytes > 0) {
                dueNs = lane.nowNs() + MuLaw.durationNs(earlyBytes);
                pacedUntilNs = dueNs;
                return;
            }
            if (next.isTimed()) {
                next.readAt(Math.max(next.readNs(), pacedUntilNs)); // it waited for its time, not for us
            }
            tx.offer(out.poll());
            if (!next.isMark()) {
                moved.audioMoved(EventType.AUDIO_STAGED, next);
                call.on(moved);
            }
        }
    }

    /** How far the carrier may be ahead of the caller's ear for {@code bytes} more to follow. */
    private long aheadAtMost(int bytes) {
        long leadBytes = MuLaw.bytesIn(call.leadNs());
        return Math.max(leadBytes - bytes, Math.min(leadBytes / 2, refillBytes));
    }

    private void send() {
        while (!tx.isEmpty() && carrier.writable()) {
            Frame frame = tx.poll();
            unflushed = true;
            try {
                write(frame);
            } finally {
                frame.release();
            }
            call.on(moved);
        }
    }

    private void write(Frame frame) {
        if (frame.isMark()) {
            carrier.sendMark(frame.generation(), frame.mark());
            moved.markSent(frame.generation(), frame.mark());
        } else {
            carrier.sendAudio(frame);
            if (frame.isTimed()) {
                lane.took(LaneTiming.DOWNLINK, frame.readNs());
            }
            lane.counters().add(LaneCounter.DOWNLINK_SENT_BYTES, frame.audioBytes());
            moved.audioMoved(EventType.AUDIO_SENT, frame);
        }
    }

    /** Tells the machine whether what was written has left us. */
    private void observeSocket() {
        if (!unflushed && !blocked) {
            return;
        }
        flush();
        long stillPendingBytes = carrier.pendingBytes();
        boolean wasBlocked = blocked;
        boolean progressed = stillPendingBytes < pendingBytes;
        pendingBytes = stillPendingBytes;
        blocked = stillPendingBytes > 0 || !tx.isEmpty();
        if (!blocked) {
            tell(EventType.TX_DRAINED);
        } else if (!wasBlocked) {
            tell(EventType.TX_BLOCKED);
        } else if (progressed) {
            tell(EventType.TX_PROGRESSED);
        }
    }

    private void tell(EventType type) {
        moved.happened(type);
        call.on(moved);
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            carrier.flush();
        }
    }
}
