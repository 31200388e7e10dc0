package io.ringdown.bridge.demo;

import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.CONTENT_PART_DONE;
import static io.ringdown.bridge.simulator.model.Ending.OUTPUT_ITEM_DONE;
import static io.ringdown.bridge.simulator.model.Ending.RESPONSE_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.List;

/**
 * One call to be played, and how it must end.
 *
 * @param name of its recording
 * @param title what it is, in a sentence
 * @param model what the model says
 * @param caller what the caller does
 * @param expected how it must end
 */
record Scenario(String name, String title, ModelScript model, CallerScript caller, Expectation expected) {

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
                Expectation.goodbye());
    }

    /** The ordinary conversation with any recording on the caller's side: the model says goodbye at each pause in it. */
    static Scenario conversationWith(byte[] callerMuLaw) {
        return new Scenario(
                "conversation",
                "A conversation with your recording: the model greets, and says goodbye when you pause",
                ModelScript.script().greeting(reply("greeting")).turn("", reply("goodbye")),
                CallerScript.SILENT.afterHearing(
                        400, CallerAction.say(io.ringdown.bridge.simulator.carrier.Speech.of(callerMuLaw))),
                Expectation.anyEnd());
    }

    private static Scenario hebrew() {
        return new Scenario(
                "hebrew",
                "A goodbye in Hebrew",
                ModelScript.script()
                        .turn(text("thanks_he"), reply("goodbye_he"))
                        .greeting(reply("greeting")),
                CallerScript.SILENT.afterHearing(400, say("thanks_he")),
                Expectation.goodbye());
    }

    private static Scenario normal() {
        Reply goodbye = reply("goodbye")
                .endingWith(TRANSCRIPT_DONE, AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE);
        return goodbyeAtOnce(
                "a-normal",
                "A. The goodbye is known before its audio ends (S1)",
                goodbye,
                Expectation.goodbye().via("audio.done"));
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
                .delaying(TRANSCRIPT_DONE, 3_000);
        return goodbyeAtOnce(
                "b-late",
                "B, later still: the caller has heard it all before the goodbye is found (S6)",
                goodbye,
                Expectation.goodbye().via("transcript.done_racefix"));
    }

    private static Scenario cancelled() {
        return new Scenario(
                "c-cancelled",
                "C. The caller speaks over the goodbye (S3): no hangup for it, the call goes on, and ends by the next one",
                ModelScript.script()
                        .greeting(reply("long_goodbye"))
                        .turn(text("interruption"), reply("correction"))
                        .turn(text("thanks"), reply("goodbye")),
                CallerScript.SILENT.whileHearing(1_500, say("interruption")).afterHearing(400, say("thanks")),
                Expectation.goodbye().afterBargeIn());
    }

    private static Scenario notEmpty() {
        Reply goodbye = reply("long_goodbye").allAtOnce();
        return goodbyeAtOnce(
                "d-not-empty",
                "D. The model is done, and seconds of the goodbye are still to be heard (S4)",
                goodbye,
                Expectation.goodbye());
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
        return CallerAction.say(
                io.ringdown.bridge.simulator.carrier.Speech.of(Speech.line(line).muLaw()));
    }
}
