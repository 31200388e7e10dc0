package io.ringdown.bridge.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a call must end: facts that must all hold. {@code cancelledGoodbyes} is one of them, told apart for the summary. */
record Expectation(int cancelledGoodbyes, List<Fact> facts) {
    private static final String AFTER_GOODBYE = "reason=bot_goodbye_bye_only";

    /** {@code words} name it for people. */
    record Fact(String words, Predicate<Outcome> holds) {}

    Expectation {
        facts = List.copyOf(facts);
    }

    /** What holds for every call, whatever was said in it: one hangup, which nobody's words were lost to. */
    static Expectation anyEnd() {
        return new Expectation(
                0,
                List.of(
                        new Fact("1 hangup", outcome -> outcome.hangups() == 1),
                        new Fact("drain=mark", outcome -> outcome.drain().equals("mark")),
                        new Fact("after the last mark", Outcome::afterLastMark),
                        new Fact("nothing cut off", outcome -> outcome.cutOffMs() == 0),
                        new Fact("last words heard whole", Outcome::lastWordsHeard),
                        new Fact("caller heard", Outcome::callerHeard),
                        new Fact(
                                "no violations", outcome -> outcome.violations().isEmpty())));
    }

    /** The model's goodbye ends the call. */
    static Expectation goodbye() {
        return anyEnd().and(AFTER_GOODBYE, outcome -> AFTER_GOODBYE.equals("reason=" + outcome.reason()));
    }

    /** The caller never spoke over a goodbye. */
    Expectation undisturbed() {
        return and("0 goodbyes cancelled", outcome -> outcome.cancelledGoodbyes() == 0);
    }

    /** Which of transcript and audio came second. */
    Expectation via(String via) {
        return and("via=" + via, outcome -> outcome.via().equals(via));
    }

    /** A goodbye was spoken over: stopped at once, and the conversation went on. */
    Expectation afterBargeIn() {
        return new Expectation(1, facts)
                .and("1 goodbye cancelled", outcome -> outcome.cancelledGoodbyes() == 1)
                .and("cleared and truncated", Outcome::bargedIn)
                .and("answered afterwards", Outcome::answeredAfterBargeIn);
    }

    /** So much was still to be heard when the model had said all. */
    Expectation unheardAtLeast(long ms) {
        return and("over " + ms + " ms unheard at audio.done", outcome -> outcome.unheardMs() > ms);
    }

    /** The transcript was later than the last sample. */
    Expectation heardBeforeTranscript() {
        return and("all heard before the transcript", Outcome::heardBeforeTranscript);
    }

    private Expectation and(String words, Predicate<Outcome> holds) {
        List<Fact> longer = new ArrayList<>(facts);
        longer.add(new Fact(words, holds));
        return new Expectation(cancelledGoodbyes, longer);
    }

    /** In as few words as {@link Outcome#brief()}. */
    String brief() {
        return "1 hangup" + (cancelledGoodbyes == 0 ? "" : ", " + cancelledGoodbyes + " cancelled");
    }

    @Override
    public String toString() {
        return facts.stream().map(Fact::words).collect(Collectors.joining(", "));
    }

    /** What of it is not so; empty when all is. */
    List<String> unmetBy(Outcome outcome) {
        return facts.stream()
                .filter(fact -> !fact.holds().test(outcome))
                .map(Fact::words)
                .toList();
    }
}
