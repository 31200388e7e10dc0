package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The telephone side: plays what it is sent at 8 bytes a millisecond, in order, and returns each mark when it is reached or
 * cleared. It can be deaf, slow, forgetful and gone.
 */
final class FakeCarrier {
    /** What the caller was sent of one response: heard from {@code startNs} on. */
    private record Stretch(int response, long startNs, long endNs) {}

    private record Mark(int generation, int number) {}

    private static final long WRITABLE_BYTES = 16_384;

    private final VirtualCall call;
    private final List<Stretch> stretches = new ArrayList<>();
    private final ArrayDeque<Mark> outstanding = new ArrayDeque<>();
    private final List<Mark> echoed = new ArrayList<>();
    private final ArrayDeque<Runnable> socket = new ArrayDeque<>();
    private final Map<Integer, Long> heardBeforeClear = new HashMap<>();

    /** Everything sent to it, in order: {@code r1:2000}, {@code mark g1.m1}, {@code clear}. */
    final List<String> wire = new ArrayList<>();

    long echoDelayMs;
    boolean losesEchoes;
    boolean doublesEchoes;

    /** Whether it ever did what a good carrier does not do. */
    boolean misbehaved;

    private long pendingBytes;
    private long playedOutNs;

    /** How long it had nothing to play in the middle of a response. */
    long starvedNs;

    private boolean stalled;
    private boolean gone;
    boolean hidesItsClose;
    int closes;

    FakeCarrier(VirtualCall call) {
        this.call = call;
    }

    void starts() {
        call.happens(event -> event.callStarted("CA0123456789"));
    }

    // what the lane does to it

    boolean isWritable() {
        return pendingBytes < WRITABLE_BYTES;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    void sendAudio(int response, int bytes) {
        wire.add("r" + response + ":" + bytes);
        pendingBytes += bytes;
        socket.add(() -> play(response, bytes));
    }

    void sendMark(int generation, int number) {
        wire.add("mark g" + generation + ".m" + number);
        pendingBytes++;
        socket.add(() -> reach(new Mark(generation, number)));
    }

    void sendClear() {
        wire.add("clear");
        pendingBytes++;
        socket.add(this::forget);
    }

    void flush() {
        if (!stalled) {
            pendingBytes = 0;
            while (!socket.isEmpty()) {
                socket.poll().run();
            }
        }
    }

    void close() {
        closes++;
        if (!gone && !hidesItsClose) {
            gone = true;
            call.after(VirtualCall.NS_PER_MS, () -> call.happens(EventType.CARRIER_LOST));
        }
    }

    // what it does by itself

    private void play(int response, int bytes) {
        long startNs = Math.max(call.nowNs(), playedOutNs);
        boolean goesOn =
                !stretches.isEmpty() && stretches.get(stretches.size() - 1).response() == response;
        starvedNs += goesOn ? startNs - playedOutNs : 0;
        playedOutNs = startNs + MuLaw.durationNs(bytes);
        stretches.add(new Stretch(response, startNs, playedOutNs));
    }

    private void reach(Mark mark) {
        outstanding.add(mark);
        long waitNs = Math.max(0, playedOutNs - call.nowNs());
        call.after(waitNs, () -> {
            if (outstanding.remove(mark)) {
                echo(mark);
            }
        });
    }

    private void forget() {
        List<Stretch> all = List.copyOf(stretches);
        stretches.clear();
        for (Stretch stretch : all) {
            heardBeforeClear.merge(stretch.response(), heardNs(stretch), Long::sum);
        }
        playedOutNs = call.nowNs();
        while (!outstanding.isEmpty()) {
            echo(outstanding.poll());
        }
    }

    private void echo(Mark mark) {
        if (losesEchoes || gone) {
            misbehaved = true;
            return;
        }
        misbehaved |= echoDelayMs > 0;
        call.after(echoDelayMs * VirtualCall.NS_PER_MS, () -> echoed(mark));
        if (doublesEchoes) {
            call.after((echoDelayMs + 30) * VirtualCall.NS_PER_MS, () -> echoed(mark));
        }
    }

    private void echoed(Mark mark) {
        if (!gone) {
            echoed.add(mark);
            call.happens(event -> event.markEchoed(mark.generation(), mark.number()));
        }
    }

    /** An echo that was not asked for. */
    void echoes(int generation, int number) {
        call.happens(event -> event.markEchoed(generation, number));
    }

    void repeatsAnEcho(Random random) {
        if (!echoed.isEmpty()) {
            echoed(echoed.get(random.nextInt(echoed.size())));
        }
    }

    void stalls() {
        stalled = true;
        misbehaved = true;
    }

    void flows() {
        stalled = false;
        flush();
        call.lane.move();
    }

    void stops() {
        if (!gone) {
            gone = true;
            call.happens(EventType.CARRIER_STOPPED);
        }
    }

    void disconnects() {
        if (!gone) {
            gone = true;
            call.happens(EventType.CARRIER_LOST);
        }
    }

    boolean isGone() {
        return gone;
    }

    // what the caller heard

    private long heardNs(Stretch stretch) {
        return Math.max(0, Math.min(call.nowNs(), stretch.endNs()) - stretch.startNs());
    }

    /** How much of the audio of the response with that ordinal the caller has heard. */
    long heardBytes(int response) {
        long heardNs = heardBeforeClear.getOrDefault(response, 0L);
        for (Stretch stretch : stretches) {
            heardNs += stretch.response() == response ? heardNs(stretch) : 0;
        }
        return MuLaw.bytesIn(heardNs);
    }

    boolean isSilent() {
        return call.nowNs() >= playedOutNs;
    }
}
