package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.carrier.SentFrames;
import java.util.Arrays;

/**
 * The caller's audio on its way to the model, frame by frame: every 20 ms of a call's murmur are like no other.
 *
 * @param whole whether the model received all it had to, in order and nothing else
 * @param droppedFrames dropped, the oldest first, while the session was not configured
 * @param latenciesNs of the frames sent once the session had been configured for a second
 */
record Uplink(boolean whole, int droppedFrames, long[] latenciesNs) {
    static final int FRAME_BYTES = 160;
    private static final long SETTLING_NS = 1_000_000_000;

    /**
     * The model's socket is closed before the call ends. What comes in order until then is complete, however late: the
     * last of it may be older than the end by this, and by the longest pause that the stream made before.
     */
    private static final long TAIL_NS = 1_000_000_000;

    /**
     * What was sent and what arrived. Times are of one clock.
     *
     * @param sentNs of each frame sent
     * @param appendedBytes lengths of the model's appends, in order
     * @param appendedNs when they came
     * @param configuredNs when the model said that it is configured; the bridge hears of it later
     * @param endNs when the end of the call was asked for
     */
    record Trace(
            byte[] sent,
            long[] sentNs,
            byte[] received,
            int[] appendedBytes,
            long[] appendedNs,
            long configuredNs,
            long endNs) {}

    static Uplink of(Trace trace) {
        int first = firstFrame(trace);
        if (first < 0) {
            return new Uplink(false, 0, new long[0]);
        }
        int from = first * FRAME_BYTES;
        int to = from + trace.received().length;
        boolean ordered = to <= trace.sent().length
                && Arrays.equals(trace.received(), Arrays.copyOfRange(trace.sent(), from, to));
        long tailNs = trace.endNs() - TAIL_NS;
        SentFrames frames = new SentFrames(trace.sentNs());
        boolean complete =
                lastAppendNs(trace) + longestPauseNs(trace) >= tailNs || to / FRAME_BYTES >= frames.before(tailNs);
        boolean entitled = first <= frames.droppableBefore(trace.appendedNs()[0]);
        return new Uplink(ordered && complete && entitled, first, latencies(trace, first));
    }

    /** Which frame the model heard first; -1 when it is none that was sent. */
    private static int firstFrame(Trace trace) {
        if (trace.received().length < FRAME_BYTES) {
            return -1;
        }
        for (int frame = 0; frame < trace.sent().length / FRAME_BYTES; frame++) {
            int at = frame * FRAME_BYTES;
            if (Arrays.equals(trace.sent(), at, at + FRAME_BYTES, trace.received(), 0, FRAME_BYTES)) {
                return frame;
            }
        }
        return -1;
    }

    private static long lastAppendNs(Trace trace) {
        return trace.appendedNs()[trace.appendedNs().length - 1];
    }

    private static long longestPauseNs(Trace trace) {
        long longestNs = 0;
        for (int i = 1; i < trace.appendedNs().length; i++) {
            longestNs = Math.max(longestNs, trace.appendedNs()[i] - trace.appendedNs()[i - 1]);
        }
        return longestNs;
    }

    private static long[] latencies(Trace trace, int first) {
        long[] latencies = new long[trace.sentNs().length];
        int count = 0;
        int frame = first;
        int bytes = 0;
        for (int i = 0; i < trace.appendedBytes().length; i++) {
            bytes += trace.appendedBytes()[i];
            for (; frame < trace.sentNs().length && (frame - first + 1) * FRAME_BYTES <= bytes; frame++) {
                if (trace.sentNs()[frame] > trace.configuredNs() + SETTLING_NS) {
                    latencies[count++] = trace.appendedNs()[i] - trace.sentNs()[frame];
                }
            }
        }
        return Arrays.copyOf(latencies, count);
    }
}
