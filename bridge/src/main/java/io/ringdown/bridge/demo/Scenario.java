package io.ringdown.bridge.demo;

import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.CONTENT_PART_DONE;
import static io.ringdown.bridge.simulator.model.Ending.OUTPUT_ITEM_DONE;
import static io.ringdown.bridge.simulator.model.Ending.RESPONSE_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.model.CallerTurns;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.Arrays;
import java.util.List;

/**
 * One call to be played, and how it must end.
 *
 * @param name of its recording
 * @param title what it is, in a sentence
 * @param model what the model says
 * @param caller what the caller does
 * @param callerMs how long the caller's own words last, at most
 * @param expected how it must end
 */
record Scenario(
        String name, String title, ModelScript model, CallerScript caller, long callerMs, Expectation expected) {
    private static final int BYTES_PER_MS = 8;
    private static final long SHIPPED_MS = 10_000;

    Scenario(String name, String title, ModelScript model, CallerScript caller, Expectation expected) {
        this(name, title, model, caller, SHIPPED_MS, expected);
    }

    /** The ordinary conversation and the seed's scenarios A to D (S1 to S4). */
    static List<Scenario> all() {
        return List.of(conversation(), hebrew(), normal(), race(), lateTranscript(), cancelled(), notEmpty());
    }

    private static Scenario conversation() {
        return new Scenario(
                "conversation",
                "An ordinary conversation: greeting, question, answer, thanks, goodbye",
                ModelScript.script()
                        .greeting(reply("greeting"))
                        .turn(text("question"), reply("answer"))
                        .turn(text("thanks"), reply("goodbye")),
                CallerScript.SILENT.afterHearing(400, say("question")).afterHearing(400, say("thanks")),
                Expectation.goodbye().undisturbed());
    }

    /**
     * The ordinary conversation with any recording on the caller's side: the model answers at each pause that ends a turn, and
     * says goodbye at the last. A recording in which nobody speaks is followed by the shipped thanks.
     */
    static Scenario conversationWith(byte[] callerMuLaw) {
        int turns = CallerTurns.count(callerMuLaw);
        ModelScript model = ModelScript.script().greeting(reply("greeting"));
        for (int turn = 1; turn < turns; turn++) {
            model = model.turn("", reply("answer"));
        }
        byte[] said = turns == 0 ? joined(callerMuLaw, Speech.line("thanks").muLaw()) : callerMuLaw;
        return new Scenario(
                "conversation",
                "A conversation with your recording: " + turns + (turns == 1 ? " turn" : " turns") + " of the caller",
                model.turn("", reply("goodbye")),
                CallerScript.SILENT.afterHearing(400, say(said)),
                said.length / BYTES_PER_MS,
                Expectation.goodbye());
    }

    private static Scenario hebrew() {
        return new Scenario(
                "hebrew",
                "A goodbye in Hebrew",
                ModelScript.script().greeting(reply("greeting")).turn(text("thanks_he"), reply("goodbye_he")),
                CallerScript.SILENT.afterHearing(400, say("thanks_he")),
                Expectation.goodbye().undisturbed());
    }

    private static Scenario normal() {
        Reply goodbye = reply("goodbye")
                .endingWith(TRANSCRIPT_DONE, AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE);
        return goodbyeAtOnce(
                "a-normal",
                "A. The goodbye is known before its audio ends (S1)",
                goodbye,
                Expectation.goodbye().undisturbed().via("audio.done"));
    }

    private static Scenario race() {
        Reply goodbye = reply("goodbye")
                .endingWith(AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE, TRANSCRIPT_DONE)
                .delaying(TRANSCRIPT_DONE, 300);
        return goodbyeAtOnce(
                "b-race",
                "B. The audio ends first, the goodbye is found afterwards (S2): the hangup the seed lost",
                goodbye,
                Expectation.goodbye().via("transcript.done_racefix"));
    }

    private static Scenario lateTranscript() {
        Reply goodbye = reply("goodbye")
                .endingWith(AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE, TRANSCRIPT_DONE)
                .delaying(TRANSCRIPT_DONE, 6_000);
        return goodbyeAtOnce(
                "b-late",
                "B, later still: the caller has heard it all before the goodbye is found (S2, S6)",
                goodbye,
                Expectation.goodbye().via("transcript.done_racefix").heardBeforeTranscript());
    }

    /** The goodbye must be armed when the caller speaks, and its response be under way: its audio.done comes with the cancel. */
    private static Scenario cancelled() {
        Reply spokenOver = reply("long_goodbye")
                .endingWith(TRANSCRIPT_DONE, AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE)
                .delaying(AUDIO_DONE, 8_000);
        return new Scenario(
                "c-cancelled",
                "C. The caller speaks over the goodbye (S3): the call goes on, and ends by the next one",
                ModelScript.script()
                        .greeting(spokenOver)
                        .turn(text("interruption"), reply("correction"))
                        .turn(text("thanks"), reply("goodbye")),
                CallerScript.SILENT.whileHearing(2_800, say("interruption")).afterHearing(400, say("thanks")),
                Expectation.goodbye().afterBargeIn());
    }

    private static Scenario notEmpty() {
        return goodbyeAtOnce(
                "d-not-empty",
                "D. The model is done, and seconds of the goodbye are still to be heard (S4)",
                reply("long_goodbye").allAtOnce(),
                Expectation.goodbye().undisturbed().unheardAtLeast(5_000));
    }

    private static Scenario goodbyeAtOnce(String name, String title, Reply goodbye, Expectation expected) {
        return new Scenario(name, title, ModelScript.script().greeting(goodbye), CallerScript.SILENT, expected);
    }

    private static Reply reply(String line) {
        return Reply.saying(text(line), Speech.line(line).muLaw());
    }

    private static String text(String line) {
        return Speech.line(line).text();
    }

    private static CallerAction say(String line) {
        return say(Speech.line(line).muLaw());
    }

    private static CallerAction say(byte[] muLaw) {
        return CallerAction.say(io.ringdown.bridge.simulator.carrier.Speech.of(muLaw));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
