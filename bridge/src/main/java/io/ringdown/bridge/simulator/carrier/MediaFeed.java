package io.ringdown.bridge.simulator.carrier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** What comes from the caller's telephone every 20 ms: words, else silence, or a gap of the network. Event loop only. */
final class MediaFeed {
    record Packet(Speech.Frame frame, long timestampMs) {}

    private final Telephone telephone; // null: words and silence
    private final Queue<Speech.Frame> words = new ArrayDeque<>();
    private final List<Packet> held = new ArrayList<>();
    private long timestampMs;
    private int pausedTicks;
    private int heldTicks;

    MediaFeed(Telephone telephone) {
        this.telephone = telephone;
    }

    void say(Speech speech) {
        words.addAll(speech.frames());
    }

    /** Whether words wait to be sent. */
    boolean isTalking() {
        return !words.isEmpty();
    }

    void pause(long ms) {
        pausedTicks = ticks(ms);
    }

    void hold(long ms) {
        heldTicks = ticks(ms);
    }

    /** The packets to be sent in these 20 ms, which began at {@code dueNs}: one as a rule, none in a gap, many at the end of a hold. */
    List<Packet> tick(long dueNs) {
        timestampMs += Speech.FRAME_MS;
        if (pausedTicks > 0) {
            pausedTicks--;
            return List.of();
        }
        Packet packet = new Packet(next(dueNs), timestampMs);
        if (heldTicks > 0) {
            heldTicks--;
            held.add(packet);
            return List.of();
        }
        if (held.isEmpty()) {
            return List.of(packet);
        }
        List<Packet> burst = new ArrayList<>(held);
        held.clear();
        burst.add(packet);
        return burst;
    }

    private Speech.Frame next(long dueNs) {
        if (telephone != null) {
            return Speech.frame(telephone.speak(dueNs), 0);
        }
        Speech.Frame word = words.poll();
        return word == null ? Speech.SILENCE : word;
    }

    private static int ticks(long ms) {
        return Math.toIntExact((ms + Speech.FRAME_MS - 1) / Speech.FRAME_MS);
    }
}
