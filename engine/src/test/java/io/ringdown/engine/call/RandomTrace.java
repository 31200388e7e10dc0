package io.ringdown.engine.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A call in which anything legal happens at any time: a model that generates several responses in any order of events, loses
 * some of them, a caller who interrupts, a carrier that stalls, forgets and leaves, and people who end calls.
 */
final class RandomTrace {
    private static final ResponseStatus[] ENDS = {
        ResponseStatus.COMPLETED,
        ResponseStatus.COMPLETED,
        ResponseStatus.COMPLETED,
        ResponseStatus.COMPLETED,
        ResponseStatus.CANCELLED,
        ResponseStatus.INCOMPLETE,
        ResponseStatus.FAILED,
        ResponseStatus.FAILED_QUOTA,
    };

    /** What a response has yet to do: its pieces come in order, its two ends in any, and its done last, if at all. */
    private static final class Speech {
        final String id;
        int pieces;
        boolean audioDone;
        boolean words;
        boolean done;

        Speech(String id, int pieces) {
            this.id = id;
            this.pieces = pieces;
        }
    }

    private final Random random;
    private final VirtualCall call;
    private final FakeModel model;
    private final List<Speech> speeches = new ArrayList<>();
    private int answered;
    private int responses;

    RandomTrace(long seed) {
        random = new Random(seed);
        DrainPolicy drain = chance(10) ? DrainPolicy.QUEUES : DrainPolicy.PLAYBACK;
        call = new VirtualCall(chance(10) ? CallScript.withoutClips() : CallScript.settings(drain, chance(30)));
        model = call.model;
    }

    VirtualCall run() {
        behave();
        if (!chance(5)) {
            call.begins();
        }
        for (int steps = 10 + random.nextInt(60); steps > 0; steps--) {
            step();
            call.runMs(chance(50) ? 0 : chance(90) ? random.nextInt(700) : random.nextInt(8_000));
        }
        return call;
    }

    private void behave() {
        call.carrier.losesEchoes = chance(5);
        call.carrier.doublesEchoes = chance(5);
        call.carrier.echoDelayMs = chance(20) ? random.nextInt(400) : 0;
        call.carrier.hidesItsClose = chance(5);
        call.lane.carrierStaysAfterConfirm = chance(5);
        call.lane.offersRefused = chance(10) ? random.nextInt(3) : 0;
        call.lane.rest = chance(80) ? FakeLane.Rest.CONFIRMS : FakeLane.Rest.values()[random.nextInt(3)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void step() {
        if (chance(60)) {
            generate();
        } else if (chance(50)) {
            talk();
        } else if (chance(60)) {
            disturb();
        } else if (chance(15)) {
            end();
        } else {
            call.callerAudio();
        }
    }

    // the model

    private void generate() {
        if (answered < model.requests.size() && chance(60)) {
            answer(model.requests.get(answered++));
        } else if (speeches.isEmpty() || chance(15)) {
            begin(ResponsePurpose.TURN);
        } else {
            advance(speeches.get(random.nextInt(speeches.size())));
        }
    }

    private void answer(ResponsePurpose purpose) {
        if (chance(20)) {
            call.happens(EventType.RESPONSE_COLLIDED);
        } else if (!chance(10)) {
            begin(purpose);
        }
    }

    private void begin(ResponsePurpose purpose) {
        Speech speech = new Speech("r" + ++responses, random.nextInt(6));
        model.begins(speech.id, purpose);
        speeches.add(speech);
        if (speeches.size() > 4) {
            speeches.remove(0);
        }
    }

    private void advance(Speech speech) {
        String item = speech.id + (chance(85) ? "-a" : "-b");
        if (speech.done) {
            afterDone(speech, item);
        } else if (speech.pieces > 0) {
            speech.pieces--;
            model.delta(speech.id, item, chance(80) ? 2_000 : 1 + random.nextInt(2_880));
        } else if (!speech.audioDone && chance(50)) {
            speech.audioDone = true;
            model.endsAudio(speech.id, item);
        } else if (!speech.words) {
            speech.words = true;
            model.words(speech.id, item, chance(50) ? CallScript.BYE : CallScript.SMALL_TALK);
        } else if (chance(10)) {
            model.callsTool(speech.id, chance(60) ? "end_call" : "weather");
        } else {
            speech.done = true;
            model.done(speech.id, ENDS[random.nextInt(ENDS.length)]);
        }
    }

    private void afterDone(Speech speech, String item) {
        switch (random.nextInt(5)) {
            case 0 -> model.delta(speech.id, item, 160);
            case 1 -> model.words(speech.id, item, CallScript.BYE);
            case 2 -> model.endsAudio(speech.id, item);
            case 3 -> model.done(speech.id);
            default -> speeches.remove(speech);
        }
    }

    // the caller

    private void talk() {
        switch (random.nextInt(6)) {
            case 0, 1 -> call.callerSpeaks();
            case 2, 3 -> call.callerStops();
            case 4 -> call.callerWords(chance(30) ? "ביי" : chance(20) ? null : "כן, בסדר");
            default -> call.callerSays(chance(30) ? "תודה, ביי" : "מה השעה?");
        }
    }

    // the rest of the world

    private void disturb() {
        switch (random.nextInt(9)) {
            case 0 -> call.carrier.stalls();
            case 1, 2 -> call.carrier.flows();
            case 3 -> call.carrier.repeatsAnEcho(random);
            case 4 -> call.happens(event -> event.digitPressed("5"));
            case 5 ->
                call.happens(
                        event -> event.audioRefused("r" + random.nextInt(1 + responses), 2_000, DropReason.OUT_FULL));
            case 6 -> call.happens(event -> event.outOverrun(random.nextInt(1 + responses)));
            case 7 -> call.happens(EventType.RESPONSE_COLLIDED);
            default -> model.delta("nobody", "item", 160);
        }
    }

    private void end() {
        switch (random.nextInt(9)) {
            case 0 -> call.carrier.stops();
            case 1 -> call.carrier.disconnects();
            case 2 -> model.isLost();
            case 3 -> call.happens(event -> event.failed(EventType.QUOTA_SPENT, "insufficient_quota"));
            case 4 -> call.happens(event -> event.operatorHungUp(chance(50)));
            case 5 -> call.happens(event -> event.shutDown(chance(50)));
            case 6 -> call.happens(EventType.PEER_ABUSED);
            case 7 -> call.happens(EventType.STREAM_REPLACED);
            default -> call.happens(event -> event.failed(EventType.SESSION_REFUSED, "no"));
        }
    }
}
