package io.ringdown.engine.simulation;

import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;

/** What the model does because its script says so. */
final class ModelScript {
    private static final ResponseStatus[] STATUSES = ResponseStatus.values();

    private final SimulatedModel model;

    ModelScript(SimulatedModel model) {
        this.model = model;
    }

    /** False if that is not for a model to do. */
    boolean does(Step step) {
        switch (step.act()) {
            case COLLIDES -> model.tells(EventType.RESPONSE_COLLIDED, () -> {});
            case IGNORES_REQUESTS -> model.ignores += step.amount();
            case CANCELS_SLOWLY -> model.cancelMs = step.amount();
            case IS_LOST -> model.fails(EventType.MODEL_LOST);
            case QUOTA_SPENT -> model.fails(EventType.QUOTA_SPENT);
            case SESSION_REFUSED -> model.fails(EventType.SESSION_REFUSED);
            case NEVER_CONFIRMS -> model.confirms = false;
            case MODEL_STALLS -> model.stalled = true;
            case MODEL_FLOWS -> model.stalled = false;
            case SPEAKS -> model.tells(EventType.SPEECH_STARTED, model.oracle::callerSpeaks);
            case STOPS_SPEAKING -> model.tells(EventType.SPEECH_STOPPED, model.oracle::callerStops);
            case TRANSCRIBED -> model.transcribes(step.amount());
            default -> {
                return step.response() >= 0 && speaks(step, utterance(step.response()));
            }
        }
        return true;
    }

    private Utterance utterance(int number) {
        String id = "r" + number;
        for (Utterance utterance : model.utterances) {
            if (utterance.id.equals(id)) {
                return utterance;
            }
        }
        Utterance utterance = new Utterance(id, 1 + number, ResponsePurpose.TURN);
        model.utterances.add(utterance);
        return utterance;
    }

    private boolean speaks(Step step, Utterance utterance) {
        switch (step.act()) {
            case CREATED -> {
                if (!utterance.begun) {
                    model.create(utterance);
                }
            }
            case LATE_AUDIO -> model.audio(utterance, 0, step.amount());
            case LATE_AUDIO_DONE -> model.audioDone(utterance, 0);
            case LATE_GOODBYE -> model.words(utterance, 0, Lines.GOODBYE);
            case LATE_DONE -> model.tellDone(utterance, ResponseStatus.COMPLETED);
            default -> {
                if (utterance.begun && !utterance.over) {
                    speaksOn(step, utterance);
                }
            }
        }
        return true;
    }

    private void speaksOn(Step step, Utterance utterance) {
        switch (step.act()) {
            case AUDIO -> model.audio(utterance, 0, step.amount());
            case AUDIO_OF_SECOND_ITEM -> model.audio(utterance, 1, step.amount());
            case AUDIO_DONE -> model.audioDone(utterance, 0);
            case AUDIO_OF_SECOND_ITEM_DONE -> model.audioDone(utterance, 1);
            case SAYS_NOTHING_SPECIAL, TAKES_GOODBYE_BACK -> model.words(utterance, 0, Lines.SMALL_TALK);
            case SAYS_GOODBYE -> model.words(utterance, 0, Lines.GOODBYE);
            case SECOND_ITEM_SAYS_GOODBYE -> model.words(utterance, 1, Lines.GOODBYE);
            case CALLS_END_CALL -> model.tool(utterance, "end_call");
            case CALLS_OTHER_TOOL -> model.tool(utterance, "weather");
            case DONE -> model.done(utterance, STATUSES[step.amount()]);
            default -> throw new IllegalArgumentException("no model does " + step);
        }
    }
}
