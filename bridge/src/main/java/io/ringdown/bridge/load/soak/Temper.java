package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.Speech;
import java.util.Map;
import java.util.SplittableRandom;

/** What kind of call it is to be. */
enum Temper {
    /** Hears the greeting, asks, hears the answer, gives thanks, and is told goodbye. */
    POLITE(50, true) {
        @Override
        CallerScript script(SplittableRandom random) {
            return CallerScript.SILENT
                    .afterHearing(pauseMs(random), say("question"))
                    .afterHearing(pauseMs(random), say("thanks"));
        }
    },
    /** Breaks in on the greeting, and perhaps on the answer and the goodbye as well. */
    IMPATIENT(25, true) {
        @Override
        CallerScript script(SplittableRandom random) {
            CallerScript script = CallerScript.SILENT.whileHearing(random.nextInt(200, 1_500), say("interruption"));
            for (int times = random.nextInt(3); times > 0; times--) {
                script = script.whileHearing(random.nextInt(100, 1_000), say("correction"));
            }
            return script.afterHearing(pauseMs(random), say("thanks"));
        }
    },
    /** Hangs up at any moment. */
    GONE(10, false) {
        @Override
        CallerScript script(SplittableRandom random) {
            return POLITE.script(random).at(random.nextInt(500, 12_000), CallerAction.hangUp());
        }
    },
    /** The carrier's network takes nothing for a while. */
    STALLED(6, true) {
        @Override
        CallerScript script(SplittableRandom random) {
            return POLITE.script(random)
                    .at(random.nextInt(1_000, 8_000), CallerAction.stallReading(random.nextInt(500, 4_000)));
        }
    },
    /** The carrier's network takes nothing any more. */
    STUCK(3, true) {
        @Override
        CallerScript script(SplittableRandom random) {
            return POLITE.script(random).at(random.nextInt(1_000, 8_000), CallerAction.stallReadingForGood());
        }
    },
    /** The carrier's connection is lost. */
    LOST(6, false) {
        @Override
        CallerScript script(SplittableRandom random) {
            CallerAction loss = random.nextBoolean() ? CallerAction.reset() : CallerAction.drop();
            return POLITE.script(random).at(random.nextInt(500, 12_000), loss);
        }
    };

    private static final int HUNDRED = 100;

    private final int percent;
    private final boolean stays;

    Temper(int percent, boolean stays) {
        this.percent = percent;
        this.stays = stays;
    }

    abstract CallerScript script(SplittableRandom random);

    /** Whether the caller waits for the server to hang up. */
    boolean stays() {
        return stays;
    }

    /** Whether the caller can hear everything. */
    boolean hears() {
        return this != STALLED && this != STUCK;
    }

    static Temper any(SplittableRandom random) {
        int drawn = random.nextInt(HUNDRED);
        for (Temper temper : values()) {
            drawn -= temper.percent;
            if (drawn < 0) {
                return temper;
            }
        }
        throw new IllegalStateException("the percents are not a hundred");
    }

    private static int pauseMs(SplittableRandom random) {
        return random.nextInt(200, 1_200);
    }

    private static CallerAction say(String line) {
        return CallerAction.say(Lines.OF_CALLERS.get(line));
    }

    /** Cut into frames once. */
    private static final class Lines {
        private static final Map<String, Speech> OF_CALLERS = Map.of(
                "question", spoken("question"),
                "thanks", spoken("thanks"),
                "interruption", spoken("interruption"),
                "correction", spoken("correction"));

        private static Speech spoken(String line) {
            return Speech.of(io.ringdown.bridge.audio.Speech.line(line).muLaw());
        }
    }
}
