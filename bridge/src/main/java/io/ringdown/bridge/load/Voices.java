package io.ringdown.bridge.load;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What is said in each call: audio like no other call's, so that a byte lost, moved, or taken to a stranger shows. */
final class Voices {
    private static final int BYTES_PER_MS = 8;
    private static final int MURMUR_MS = 120_000;
    private static final int FRAME_MS = 20;
    private static final int MAX_GAP_MS = 300;

    private final long seed;
    private final byte[] goodbye = Speech.line("goodbye").muLaw();
    private final String text = Speech.line("goodbye").text();
    private final io.ringdown.bridge.simulator.carrier.Speech murmur;
    private final AtomicLong models = new AtomicLong();

    Voices(long seed) {
        this.seed = seed;
        murmur = io.ringdown.bridge.simulator.carrier.Speech.of(noise(new SplittableRandom(seed)));
    }

    /** Of the smallest amplitudes: distinct bytes that no one takes for a voice. */
    private static byte[] noise(SplittableRandom random) {
        byte[] noise = new byte[MURMUR_MS * BYTES_PER_MS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (0xF8 + random.nextInt(8));
        }
        return noise;
    }

    /** The caller of this number: each begins elsewhere in the same murmur. Any thread. */
    CallerScript caller(int ordinal) {
        int frames = MURMUR_MS / FRAME_MS;
        int beginMs = (int) (ordinal * 397L % frames)
                * FRAME_MS; // 397 is prime to it: all frames come before one comes again
        return CallerScript.SILENT.at(0, CallerAction.say(murmur.beginningAtMs(beginMs)));
    }

    /** The next model, its goodbye in a hoarseness of its own. Any thread. */
    ModelScript nextModel() {
        long own = seed + models.incrementAndGet();
        Reply reply = Reply.saying(text, hoarse(own)).inUnevenDeltas(own).endingShuffled(own, MAX_GAP_MS);
        return ModelScript.script().greeting(reply);
    }

    private byte[] hoarse(long own) {
        byte[] voice = goodbye.clone();
        SplittableRandom random = new SplittableRandom(own);
        for (int i = 0; i < voice.length; i++) {
            voice[i] ^= (byte) random.nextInt(2);
        }
        return voice;
    }
}
