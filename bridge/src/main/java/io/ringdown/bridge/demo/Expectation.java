package io.ringdown.bridge.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a call must end: by one hangup, after all of the goodbye was heard.
 *
 * @param reason of the hangup; empty: any
 * @param via which of transcript and audio came second; empty: either
 * @param bargeIn whether the caller is to interrupt; empty: may
 */
record Expectation(Optional<String> reason, Optional<String> via, Optional<Boolean> bargeIn) {
    static Expectation goodbye() {
        return new Expectation(Optional.of("bot_goodbye_bye_only"), Optional.empty(), Optional.of(false));
    }

    static Expectation anyEnd() {
        return new Expectation(Optional.empty(), Optional.empty(), Optional.empty());
    }

    Expectation via(String via) {
        return new Expectation(reason, Optional.of(via), bargeIn);
    }

    Expectation afterBargeIn() {
        return new Expectation(reason, via, Optional.of(true));
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of("1 hangup"));
        reason.ifPresent(some -> words.add("reason=" + some));
        via.ifPresent(some -> words.add("via=" + some));
        bargeIn.filter(some -> some).ifPresent(some -> words.add("after a barge-in"));
        words.add("nothing cut off");
        return String.join(", ", words);
    }

    /** What of it is not so; empty when all is. */
    List<String> unmetBy(Outcome outcome) {
        List<String> unmet = new ArrayList<>();
        if (outcome.hangups() != 1) {
            unmet.add(outcome.hangups() + " hangups");
        }
        if (outcome.cutOffMs() != 0) {
            unmet.add(outcome.cutOffMs() + " ms cut off");
        }
        reason.filter(some -> !some.equals(outcome.reason()))
                .ifPresent(some -> unmet.add("reason=" + outcome.reason()));
        via.filter(some -> !some.equals(outcome.via())).ifPresent(some -> unmet.add("via=" + outcome.via()));
        bargeIn.filter(some -> some != outcome.bargedIn())
                .ifPresent(some -> unmet.add(some ? "no barge-in" : "a barge-in"));
        unmet.addAll(outcome.violations());
        return unmet;
    }
}
