package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.simulation.Step.Act;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes calls: a conversation, mostly with a goodbye at its end, whose pieces come in any order that is legal, and into
 * which faults fall. The same seed writes the same calls.
 */
final class ScriptWriter {
    private static final ResponseStatus[] BAD_ENDS = {
        ResponseStatus.CANCELLED,
        ResponseStatus.INCOMPLETE,
        ResponseStatus.INCOMPLETE,
        ResponseStatus.FAILED,
        ResponseStatus.FAILED_QUOTA
    };

    private final SplittableRandom random;
    private final int call;
    private final List<Step> steps = new ArrayList<>(64);
    private int nowMs;
    private int responses;

    private ScriptWriter(SplittableRandom random, int call) {
        this.random = random;
        this.call = call;
    }

    /** The calls of one session: they begin within some seconds of each other, in more places than there are. */
    static List<Script> session(long seed, int calls) {
        // mixed: generators whose seeds are a step apart say the same, one word later
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        boolean late = random.nextInt(8) == 0;
        List<Script> session = new ArrayList<>(calls);
        for (int call = 0; call < calls; call++) {
            int connectsAtMs = random.nextInt(500 + calls * 600);
            CallSettings settings = Lines.SETTINGS[random.nextInt(Lines.SETTINGS.length)];
            List<Step> steps = new ScriptWriter(random.split(), call).write(late && call % 8 == 0);
            session.add(new Script(call, settings, connectsAtMs, steps));
        }
        return session;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    private static Act shutdown(int atMs) {
        return atMs % 2 == 0 ? Act.SHUTDOWN : Act.SHUTDOWN_POLITELY;
    }

    private void add(int atMs, Act act, int response, int amount) {
        steps.add(new Step(Math.max(0, atMs), act, response, amount));
    }

    private void add(int atMs, Act act, int amount) {
        add(atMs, act, -1, amount);
    }

    private List<Step> write(boolean late) {
        nowMs = 30 + upTo(60);
        if (chance(40)) {
            add(0, Act.DELAYS_ECHOES, upTo(400));
        }
        callerAudio();
        for (int turns = upTo(2); turns > 0; turns--) {
            turn(false);
        }
        if (chance(85)) {
            turn(true);
        }
        if (chance(5)) {
            add(nowMs - upTo(2_000), Act.LOSES_ECHOES, 1 + upTo(1));
        }
        if (chance(4)) {
            coincidence();
        }
        ends();
        if (chance(45)) {
            for (int faults = 1 + upTo(2); faults > 0; faults--) {
                fault(random.nextInt(nowMs + 1_500));
            }
        }
        if (late) {
            add(random.nextInt(nowMs + 1_000), Act.LANE_IS_LATE, 1_000 + upTo(9_000));
        }
        steps.sort(Comparator.comparingInt(Step::atMs));
        return steps;
    }

    private void callerAudio() {
        for (int frames = upTo(4); frames > 0; frames--) {
            add(upTo(3_000), Act.CALLER_AUDIO, 0);
        }
    }

    /** The caller says something, and the model something else; or the other way round. */
    private void turn(boolean last) {
        if (chance(40)) {
            add(nowMs, Act.SPEAKS, 0);
            nowMs += 20 + upTo(600);
            add(nowMs, Act.CALLER_AUDIO, 0);
            add(nowMs, Act.STOPS_SPEAKING, 0);
            add(nowMs + upTo(300), Act.TRANSCRIBED, chance(15) ? Lines.CALLER_GOODBYE : upTo(Lines.CALLER.length - 1));
            nowMs += upTo(200);
        }
        int startMs = nowMs;
        response(last);
        if (chance(15)) {
            response(last && chance(50));
        }
        if (chance(30)) {
            bargeIn(startMs);
        }
        nowMs += upTo(1_200);
    }

    private void response(boolean goodbye) {
        int response = responses++;
        add(nowMs, Act.CREATED, response, 0);
        int pieces = pieces();
        boolean second = chance(10);
        int pieceBytes = chance(50) ? 960 : chance(50) ? 2_000 : 1 + upTo(2_800);
        for (int i = 0; i < pieces; i++) {
            nowMs += upTo(40);
            add(nowMs, second && i >= pieces / 2 ? Act.AUDIO_OF_SECOND_ITEM : Act.AUDIO, response, pieceBytes);
        }
        nowMs += upTo(60);
        endings(response, goodbye, second);
    }

    private int pieces() {
        if (chance(3)) {
            return 10 + upTo(30);
        }
        return chance(8) ? 0 : 1 + upTo(3);
    }

    /** The ends of a response come in any order, but that its done is the last of them; each may be missing. */
    private void endings(int response, boolean goodbye, boolean second) {
        int spreadMs = chance(80) ? 120 : 3_000;
        int lastMs = nowMs;
        if (!chance(4)) {
            lastMs = ending(Act.AUDIO_DONE, response, spreadMs, lastMs);
            if (second) {
                lastMs = ending(Act.AUDIO_OF_SECOND_ITEM_DONE, response, spreadMs, lastMs);
            }
        }
        boolean tool = goodbye && chance(20);
        if (tool) {
            lastMs = ending(Act.CALLS_END_CALL, response, spreadMs, lastMs);
        }
        if (!chance(3)) {
            Act words = !goodbye || tool && chance(50)
                    ? Act.SAYS_NOTHING_SPECIAL
                    : second ? Act.SECOND_ITEM_SAYS_GOODBYE : Act.SAYS_GOODBYE;
            lastMs = chance(12)
                    ? Math.max(lastMs, late(words, response, spreadMs))
                    : ending(words, response, spreadMs, lastMs);
        }
        if (!chance(4)) {
            boolean well = chance(85);
            int status = (well ? ResponseStatus.COMPLETED : BAD_ENDS[random.nextInt(BAD_ENDS.length)]).ordinal();
            add(lastMs + upTo(50), Act.DONE, response, status);
            lastMs += 50;
        }
        nowMs = chance(15) ? nowMs : lastMs; // the next one may begin before
        if (chance(12)) {
            afterwards(response);
        }
        if (chance(10)) {
            wordless();
        }
    }

    /** Responses that only think, while what was said before is still heard. */
    private void wordless() {
        for (int more = 2 + upTo(3); more > 0; more--) {
            int response = responses++;
            add(nowMs, Act.CREATED, response, 0);
            nowMs += upTo(40);
            add(nowMs, Act.DONE, response, ResponseStatus.COMPLETED.ordinal());
        }
    }

    private int ending(Act act, int response, int spreadMs, int lastMs) {
        int atMs = nowMs + upTo(spreadMs);
        add(atMs, act, response, 0);
        return Math.max(lastMs, atMs);
    }

    /** Words that come when the response is over, and maybe heard. */
    private int late(Act words, int response, int spreadMs) {
        boolean goodbye = words == Act.SAYS_GOODBYE;
        int atMs = nowMs + upTo(spreadMs) + upTo(2_500);
        add(atMs, goodbye ? Act.LATE_GOODBYE : words, response, 0);
        return nowMs;
    }

    private void afterwards(int response) {
        int atMs = nowMs + upTo(1_000);
        switch (random.nextInt(6)) {
            case 0 -> add(atMs, Act.LATE_AUDIO, response, 160 + upTo(800));
            case 1 -> add(atMs, Act.LATE_AUDIO_DONE, response, 0);
            case 2 -> add(atMs, Act.LATE_GOODBYE, response, 0);
            case 3 -> add(atMs, Act.LATE_DONE, response, 0);
            case 4 -> add(nowMs - upTo(100), Act.TAKES_GOODBYE_BACK, response, 0);
            default -> add(nowMs - upTo(200), Act.CALLS_OTHER_TOOL, response, 0);
        }
    }

    private void bargeIn(int startMs) {
        int atMs = startMs + upTo(nowMs - startMs + 1_500);
        if (chance(30)) {
            add(atMs + upTo(30), Act.LATE_AUDIO, Math.max(0, responses - 1), 480);
        }
        if (chance(30)) {
            add(atMs + upTo(60), Act.DONE, Math.max(0, responses - 1), ResponseStatus.CANCELLED.ordinal());
        }
        int stopMs = speech(atMs);
        if (chance(60)) {
            add(stopMs + upTo(300), Act.TRANSCRIBED, upTo(Lines.CALLER.length - 1));
        }
    }

    /** Returns when it ends. */
    private int speech(int atMs) {
        int stopMs = atMs + 50 + upTo(700);
        add(atMs, Act.SPEAKS, 0);
        add(stopMs, Act.STOPS_SPEAKING, 0);
        return stopMs;
    }

    /** The silence timeout of a short call falls due at the same instant as its longest duration. */
    private void coincidence() {
        int atMs = toMs(Lines.SHORT.maxDurationNs() - Lines.SHORT.silenceTimeoutNs());
        add(atMs - 1_000, Act.SPEAKS, 0);
        add(atMs + SimulatedCall.startsAfterMs(call), Act.STOPS_SPEAKING, 0);
    }

    private static int toMs(long ns) {
        return (int) (ns / World.NS_PER_MS);
    }

    /** How it ends if nothing else ends it. */
    private void ends() {
        if (chance(50)) {
            add(nowMs + upTo(6_000), chance(70) ? Act.STOPS : Act.DISCONNECTS, 0);
        }
    }

    private void fault(int atMs) {
        switch (random.nextInt(28)) {
            case 0, 1, 2 -> add(atMs, Act.LOSES_ECHOES, 1 + upTo(3));
            case 3, 4 -> add(atMs, Act.DELAYS_ECHOES, upTo(400));
            case 5 -> add(atMs, Act.DELAYS_ECHOES, upTo(4_000));
            case 6, 7 -> add(atMs, Act.REPEATS_AN_ECHO, upTo(15));
            case 8 -> add(atMs, Act.ECHOES_NONSENSE, upTo(9));
            case 9, 10, 11 -> {
                add(atMs, Act.STALLS, 0);
                add(atMs + (chance(50) ? upTo(2_000) : upTo(9_000)), Act.FLOWS, 0);
                if (chance(50)) {
                    speech(atMs + upTo(1_000));
                }
            }
            case 12 -> add(atMs, Act.STOPS, 0);
            case 13 -> add(atMs, Act.DISCONNECTS, 0);
            case 14 -> add(atMs, chance(30) ? Act.ABUSES : Act.DIGIT, 0);
            case 15 -> add(atMs, Act.HIDES_ITS_CLOSE, 0);
            case 16 -> add(atMs, Act.REFUSES_OFFERS, 1 + upTo(2));
            case 17 -> add(atMs, Act.ANSWERS_SLOWLY, upTo(9_000));
            case 18 -> add(atMs, chance(50) ? Act.FAILS_FOR_GOOD : Act.NEVER_ANSWERS, 0);
            case 19 -> add(atMs, Act.CONFIRMS_WITHOUT_STOP, 0);
            case 20 -> add(atMs, chance(50) ? Act.OPERATOR : Act.OPERATOR_POLITELY, 0);
            case 21 -> add(atMs, chance(50) ? shutdown(atMs) : Act.STREAM_REPLACED, 0);
            case 22, 23 -> add(atMs, Act.IS_LOST, 0);
            case 24 -> {
                boolean silent = chance(40);
                add(
                        silent ? 0 : atMs,
                        silent ? Act.NEVER_CONFIRMS : chance(50) ? Act.QUOTA_SPENT : Act.SESSION_REFUSED,
                        0);
            }
            case 25 -> {
                add(atMs, Act.MODEL_STALLS, 0);
                add(atMs + upTo(4_000), Act.MODEL_FLOWS, 0);
            }
            case 26 -> add(atMs, chance(50) ? Act.COLLIDES : Act.IGNORES_REQUESTS, 1);
            default -> add(atMs, Act.CANCELS_SLOWLY, upTo(1_500));
        }
    }
}
