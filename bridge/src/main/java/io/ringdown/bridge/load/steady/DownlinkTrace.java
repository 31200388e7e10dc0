package io.ringdown.bridge.load.steady;

import java.util.Arrays;

/**
 * One call's way back: what the model has said so far, what of it has come to the caller, and whether it came in time.
 * Every response is the same voice, so a position in the stream tells the response and the byte. Event loop only.
 */
final class DownlinkTrace {
    private static final long NS_PER_BYTE = 125_000;

    /** Told of the first audio of a response, and of each pause in the middle of one. */
    interface Arrivals {
        void onFirstAudio(long saidNs, long heardNs);

        void onUnderrun(long atNs, long pauseNs);
    }

    private final byte[] voice;
    private final Arrivals arrivals;
    private long[] begunNs = new long[16]; // by response
    private long saidBytes;
    private long heardBytes;
    private long wrongBytes;
    private long playedOutNs;

    DownlinkTrace(byte[] voice, Arrivals arrivals) {
        this.voice = voice;
        this.arrivals = arrivals;
    }

    /** The model has sent so much more. */
    void say(int bytes, long atNs) {
        if (saidBytes % voice.length == 0) {
            int response = Math.toIntExact(saidBytes / voice.length);
            if (response == begunNs.length) {
                begunNs = Arrays.copyOf(begunNs, 2 * response);
            }
            begunNs[response] = atNs;
        }
        saidBytes += bytes;
    }

    /** The caller has received {@code audio}. */
    void hear(byte[] audio, long atNs) {
        for (int at = 0; at < audio.length; ) {
            int from = Math.toIntExact(heardBytes % voice.length);
            int bytes = Math.min(audio.length - at, voice.length - from);
            play(from == 0, bytes, atNs);
            if (heardBytes + bytes > saidBytes || !Arrays.equals(audio, at, at + bytes, voice, from, from + bytes)) {
                wrongBytes += bytes;
            }
            heardBytes += bytes;
            at += bytes;
        }
    }

    private void play(boolean first, int bytes, long atNs) {
        boolean dry = atNs - playedOutNs > 0;
        if (first && heardBytes < saidBytes) {
            arrivals.onFirstAudio(begunNs[Math.toIntExact(heardBytes / voice.length)], atNs);
        } else if (!first && dry) {
            arrivals.onUnderrun(atNs, atNs - playedOutNs);
        }
        playedOutNs = (dry || heardBytes == 0 ? atNs : playedOutNs) + bytes * NS_PER_BYTE;
    }

    long saidBytes() {
        return saidBytes;
    }

    /** Whether no response is half said, nor any of it still to come. */
    boolean isQuiet() {
        return saidBytes % voice.length == 0 && lostBytes() == 0;
    }

    /** Said and not come. */
    long lostBytes() {
        return Math.max(0, saidBytes - heardBytes);
    }

    /** Of another call, out of place, or never said. */
    long wrongBytes() {
        return wrongBytes;
    }
}
