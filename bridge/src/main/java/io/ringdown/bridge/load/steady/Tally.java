package io.ringdown.bridge.load.steady;

import java.util.List;

/** What became of the audio of all calls together, counted when all of it should have arrived. */
record Tally(int standing, Uplink uplink, Downlink downlink) {
    /**
     * The callers' frames.
     *
     * @param beforeSession sent before the first that came: a bridge may drop them while it has no session
     * @param lost of those due before the window's end, and behind the first that came
     * @param reordered came after a later one
     * @param foreign of a stranger
     * @param tornBytes neither part of a frame nor silence
     * @param silentBytes silence that no caller said
     */
    record Uplink(
            long frames,
            long beforeSession,
            long lost,
            long reordered,
            long duplicated,
            long foreign,
            long tornBytes,
            long silentBytes) {
        boolean isWhole() {
            return lost == 0 && reordered == 0 && duplicated == 0 && foreign == 0 && tornBytes == 0;
        }
    }

    /** The models' speech: what was said, what of it never came, and what came and should not have. */
    record Downlink(long saidBytes, long lostBytes, long wrongBytes) {
        boolean isWhole() {
            return lostBytes == 0 && wrongBytes == 0;
        }
    }

    /** Event loop only. */
    static Tally of(List<SteadyCall> calls, Window window) {
        Uplink up = new Uplink(0, 0, 0, 0, 0, 0, 0, 0);
        Downlink down = new Downlink(0, 0, 0);
        int standing = 0;
        for (SteadyCall call : calls) {
            if (call.stands()) {
                standing++;
                up = plus(up, call.talker().uplink(), call.framesDueBefore(window.toNs()));
                down = plus(down, call.talker().downlink(), call.strayBytes());
            }
        }
        return new Tally(standing, up, down);
    }

    private static Uplink plus(Uplink sum, UplinkTrace trace, int frames) {
        return new Uplink(
                sum.frames + trace.frames(),
                sum.beforeSession + trace.before(),
                sum.lost + trace.lost(frames),
                sum.reordered + trace.reordered(),
                sum.duplicated + trace.duplicated(),
                sum.foreign + trace.foreign(),
                sum.tornBytes + trace.strangeBytes(),
                sum.silentBytes + trace.silentBytes());
    }

    private static Downlink plus(Downlink sum, DownlinkTrace trace, long strayBytes) {
        return new Downlink(
                sum.saidBytes + trace.saidBytes(),
                sum.lostBytes + trace.lostBytes(),
                sum.wrongBytes + trace.wrongBytes() + strayBytes);
    }
}
