package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.HangupCommand;
import java.util.function.Consumer;

/** The carrier's API, and the worker that asks it to end a phone call; also the operators, who come from outside the lane. */
final class RestApi {
    private enum Outcome {
        STOPS,
        CONFIRMS_ONLY,
        FAILS,
        NOTHING
    }

    private final SimulatedCall call;
    private Outcome outcome = Outcome.STOPS;
    private int refusals;
    private int answersMs = 40;

    RestApi(SimulatedCall call) {
        this.call = call;
    }

    boolean offered(HangupCommand command) {
        call.tell("  < hang up: " + command.reason());
        call.oracle.offered(command);
        if (refusals > 0) {
            refusals--;
            return false;
        }
        call.world.afterMs(1, () -> take(command));
        return true;
    }

    private void take(HangupCommand command) {
        if (!command.latch().execute()) {
            return;
        }
        call.oracle.hangup().executed();
        if (outcome != Outcome.NOTHING) {
            call.world.afterMs(answersMs, () -> answer(command));
        }
    }

    private void answer(HangupCommand command) {
        boolean confirmed = outcome != Outcome.FAILS;
        command.latch().done();
        if (outcome == Outcome.STOPS) {
            call.world.afterMs(5, call.carrier::stops);
        }
        EventType news = confirmed ? EventType.HANGUP_CONFIRMED : EventType.HANGUP_GAVE_UP;
        fromOutside(() -> {
            call.tell("> " + news);
            command.call().tell(event -> event.happened(news));
        });
    }

    private void fromOutside(SimulatedCall.Message message) {
        call.carrierSends(message);
    }

    void does(Step step) {
        switch (step.act()) {
            case REFUSES_OFFERS -> refusals = step.amount();
            case ANSWERS_SLOWLY -> answersMs = step.amount();
            case FAILS_FOR_GOOD -> outcome = Outcome.FAILS;
            case NEVER_ANSWERS -> outcome = Outcome.NOTHING;
            case CONFIRMS_WITHOUT_STOP -> outcome = Outcome.CONFIRMS_ONLY;
            case OPERATOR -> order(event -> event.operatorHungUp(false), step.act());
            case OPERATOR_POLITELY -> order(event -> event.operatorHungUp(true), step.act());
            case SHUTDOWN -> order(event -> event.shutDown(false), step.act());
            case SHUTDOWN_POLITELY -> order(event -> event.shutDown(true), step.act());
            case STREAM_REPLACED -> order(event -> event.happened(EventType.STREAM_REPLACED), step.act());
            default -> throw new IllegalArgumentException("nobody does " + step);
        }
    }

    private void order(Consumer<CallEvent> fill, Step.Act act) {
        fromOutside(() -> {
            call.tell("> " + act);
            if (call.oracle.facts().isStarted() && call.port().address().tell(fill)) {
                call.oracle.ordered(act);
            }
        });
    }
}
