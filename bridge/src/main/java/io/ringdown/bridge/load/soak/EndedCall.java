package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is kept of a call once it has ended, as the carrier saw it.
 *
 * @param started whether its stream began: then there must be a call record
 * @param callerBytes μ-law bytes of the caller handed to the socket
 */
record EndedCall(
        String callSid,
        Temper temper,
        CallEnding ending,
        boolean started,
        int cutOffBytes,
        long callerBytes,
        List<String> violations) {
    private static final int FINAL = 400; // 200, and 400 and 404 for a call that is not in progress
    private static final Set<CallEnding.Cause> NEVER_CONNECTED = EnumSet.of(
            CallEnding.Cause.WEBHOOK_FAILED, CallEnding.Cause.CONNECT_FAILED, CallEnding.Cause.UPGRADE_REFUSED);

    static EndedCall of(CarrierCall call, Temper temper, CallEnding ending) {
        boolean started = !call.moments(CallMoment.Kind.START_SENT).isEmpty();
        return new EndedCall(
                call.callSid(), temper, ending, started, call.cutOffBytes(), call.uplinkBytes(), call.violations());
    }

    boolean wasRefused() {
        return ending.cause() == CallEnding.Cause.REJECTED;
    }

    /**
     * What should not have happened, one sentence each.
     *
     * @param hangups the statuses with which the carrier's API answered for this call, in order; 0 for no answer
     */
    List<String> problems(List<Integer> hangups) {
        List<String> problems = new ArrayList<>(violations);
        long completions = hangups.stream().filter(EndedCall::isFinal).count();
        if (completions > 1) {
            problems.add("hung up " + completions + " times");
        } else if (completions == 1 && !isFinal(hangups.get(hangups.size() - 1))) {
            problems.add("hung up, and asked for again");
        }
        switch (ending.cause()) {
            case COMPLETED_BY_REST -> {
                if (cutOffBytes > 0 && temper.hears()) {
                    problems.add("cut off with " + cutOffBytes + " bytes unheard");
                }
            }
            case CALLER_HUNG_UP, VANISHED -> {
                if (temper.stays()) {
                    problems.add("ended by the caller, who meant to stay");
                }
            }
            case SERVER_CLOSED, CONNECTION_LOST -> {
                if (hangups.isEmpty() && temper.stays()) {
                    problems.add("never hung up: " + ending);
                }
            }
            case REJECTED -> {
                // at the limits of the server, which is what they are for
            }
            case CARRIER_CLOSED -> problems.add("never ended");
            default ->
                problems.add(
                        NEVER_CONNECTED.contains(ending.cause())
                                ? "never answered: " + ending
                                : "ended oddly: " + ending);
        }
        return problems.stream()
                .map(problem -> callSid + " (" + temper + "): " + problem)
                .toList();
    }

    /** Whether the API has done, or found done, what it was asked for; refusals of credentials or rate are not that. */
    private static boolean isFinal(int status) {
        return status == 200 || status == FINAL || status == 404;
    }
}
