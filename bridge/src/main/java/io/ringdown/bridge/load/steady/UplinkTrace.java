package io.ringdown.bridge.load.steady;

import java.util.Arrays;
import org.agrona.collections.IntHashSet;

/**
 * One call's audio as it reaches the model, in pieces of whatever size: which frames came, in what order, and which did
 * not. Nothing is kept but part of a frame. Event loop only.
 */
final class UplinkTrace {
    private static final byte SILENCE = (byte) 0xFF;

    /** Told of each frame that came whole. */
    interface Arrivals {
        void onFrame(int call, int number, long atNs);
    }

    private final Arrivals arrivals;
    private final IntHashSet missing = new IntHashSet();
    private byte[] rest = {};
    private int first = -1; // the first number that came
    private int next; // the number to come
    private long frames;
    private long reordered;
    private long duplicated;
    private long strangeBytes;
    private long silentBytes;
    private int call = -1;
    private long foreign;

    UplinkTrace(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** Takes {@code audio} in, and keeps no reference to it. */
    void hear(byte[] audio, long atNs) {
        byte[] all = rest.length == 0 ? audio : joined(rest, audio);
        int at = 0;
        while (all.length - at >= NumberedFrame.BYTES) {
            at += take(all, at, atNs);
        }
        rest = at == all.length ? new byte[0] : Arrays.copyOfRange(all, at, all.length);
    }

    private static byte[] joined(byte[] before, byte[] after) {
        byte[] all = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return all;
    }

    /** Returns how many bytes were used: a whole frame, or one byte that begins none. */
    private int take(byte[] audio, int at, long atNs) {
        long identity = NumberedFrame.identityOf(audio, at);
        if (identity == NumberedFrame.NONE) {
            if (audio[at] == SILENCE) {
                silentBytes++;
            } else {
                strangeBytes++;
            }
            return 1;
        }
        count(NumberedFrame.call(identity), NumberedFrame.number(identity), atNs);
        return NumberedFrame.BYTES;
    }

    private void count(int ofCall, int number, long atNs) {
        if (first < 0) {
            call = ofCall;
            first = number;
            next = number;
        }
        if (ofCall != call) {
            foreign++;
            return;
        }
        if (number >= next) {
            for (; next < number; next++) {
                missing.add(next);
            }
            next++;
        } else if (missing.remove(number)) {
            reordered++;
        } else {
            duplicated++;
            return;
        }
        frames++;
        arrivals.onFrame(ofCall, number, atNs);
    }

    long frames() {
        return frames;
    }

    /** Frames before the first that came: a bridge may drop them while it has no session. */
    int before() {
        return Math.max(0, first);
    }

    /** Which of the frames before {@code end} did not come, from the first on that did. */
    long lost(int end) {
        return missing.size() + Math.max(0, end - next);
    }

    /** Came after a later one. */
    long reordered() {
        return reordered;
    }

    long duplicated() {
        return duplicated;
    }

    /** Frames of other calls. */
    long foreign() {
        return foreign;
    }

    /** Neither part of a frame nor silence: frames that were torn. */
    long strangeBytes() {
        return strangeBytes;
    }

    /** Silence that the caller did not say. */
    long silentBytes() {
        return silentBytes;
    }
}
