package io.ringdown.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponseStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal tells of a call: what was heard when, and why it ended or did not. */
class TimelineTest {
    @TempDir
    private Path directory;

    private ToldCall call;

    @BeforeEach
    void begin() throws IOException {
        call = new ToldCall(directory, false);
    }

    @AfterEach
    void end() {
        call.close();
    }

    private Timeline told() throws IOException {
        return Timeline.of(directory, ToldCall.CALL_SID).orElseThrow();
    }

    private String printed() throws IOException {
        StringWriter text = new StringWriter();
        TimelineText.print(told(), new PrintWriter(text));
        return text.toString();
    }

    private void saysGoodbye() {
        says("r1", 1_000, "Thank you, goodbye.");
    }

    private void hangsUp() {
        call.happens(EventType.HANGUP_CONFIRMED);
        call.happens(EventType.CARRIER_STOPPED);
    }

    private void saysGoodbyeAndIsSpokenOver() {
        saysGoodbye();
        call.passes(300);
        call.happens(EventType.SPEECH_STARTED);
        call.passes(100);
        call.happens(EventType.SPEECH_STOPPED);
    }

    private void says(String response, int ms, String words) {
        call.begins(response);
        call.speaks(response, ms);
        call.ends(response, words);
    }

    private static List<Timeline.Span> spans(Timeline timeline, String condition) {
        return timeline.conditions().stream()
                .filter(told -> told.name().equals(condition))
                .findFirst()
                .orElseThrow()
                .spans();
    }

    @Test
    void shouldKnowNoCallThatWasNeverMade() throws IOException {
        assertThat(Timeline.of(directory, "CA9999")).isEmpty();
        assertThat(Timeline.of(directory.resolve("nowhere"), "CA9999")).isEmpty();
    }

    @Test
    void shouldNameTheConditionThatWasLastToHold() throws IOException {
        saysGoodbye();
        call.passes(2_000);
        hangsUp();
        Timeline told = told();
        assertThat(told.complete()).isTrue();
        assertThat(told.live()).isFalse();
        assertThat(told.agent()).isEqualTo("front_desk");
        assertThat(told.end().reason()).isEqualTo("bot_goodbye_bye_only");
        assertThat(told.end().via()).isEqualTo("transcript.done_racefix");
        assertThat(told.end().drain()).isEqualTo("mark");
        assertThat(told.end().lastCondition()).isEqualTo("played");
        assertThat(told.end().atMs()).isCloseTo(1_000, within(20.0));
        assertThat(told.end().whyNot()).isNull();
        assertThat(spans(told, "played")).singleElement().satisfies(span -> {
            assertThat(span.fromMs()).isEqualTo(told.end().atMs());
            assertThat(span.toMs()).isEqualTo(told.end().atMs());
        });
        assertThat(spans(told, "audio_done").get(0).fromMs()).isLessThan(100);
    }

    @Test
    void shouldTellWhenTheCallerHeardWhat() throws IOException {
        says("r1", 1_000, "Hello.");
        call.passes(1_500);
        call.begins("r2");
        call.speaks("r2", 2_000);
        call.passes(600);
        call.happens(EventType.SPEECH_STARTED);
        call.passes(300);
        call.happens(EventType.SPEECH_STOPPED);
        Timeline told = told();
        assertThat(told.modelAudio()).hasSize(2);
        Timeline.Heard first = told.modelAudio().get(0);
        assertThat(first.fromMs()).isCloseTo(0, within(20.0));
        assertThat(first.toMs()).isCloseTo(1_000, within(20.0));
        assertThat(first.cut()).isFalse();
        Timeline.Heard second = told.modelAudio().get(1);
        assertThat(second.response()).isEqualTo(2);
        assertThat(second.fromMs()).isCloseTo(1_500, within(20.0));
        assertThat(second.toMs()).isCloseTo(2_100, within(20.0));
        assertThat(second.cut()).isTrue();
        assertThat(told.bargeIns())
                .singleElement()
                .satisfies(bargeIn -> assertThat(bargeIn.ms()).isCloseTo(2_100, within(20.0)));
        assertThat(told.callerSpeech())
                .singleElement()
                .satisfies(speech -> assertThat(speech.toMs() - speech.fromMs()).isCloseTo(300, within(1.0)));
        assertThat(told.marks()).isNotEmpty();
        assertThat(told.marks().get(0).echoedMs()).isCloseTo(1_000, within(20.0));
    }

    @Test
    void shouldSayWhatAGoodbyeWaitsForWhileTheCallLives() throws IOException {
        saysGoodbye();
        call.passes(300);
        Timeline told = told();
        assertThat(told.live()).isTrue();
        assertThat(told.complete()).isTrue();
        assertThat(told.end().reason()).isNull();
        assertThat(told.end().whyNot())
                .isEqualTo("the call goes on while the goodbye of response 1 still waited for: out_q_empty, played");
    }

    @Test
    void shouldSayThatTheCallerSpokeOverTheGoodbye() throws IOException {
        saysGoodbyeAndIsSpokenOver();
        call.happens(EventType.CARRIER_STOPPED);
        Timeline told = told();
        assertThat(told.end().reason()).isEqualTo("carrier_stop");
        assertThat(told.end().whyNot())
                .startsWith("the caller spoke at 300 ms, before the goodbye was heard")
                .contains("carrier_stop");
        assertThat(spans(told, "pending_hangup"))
                .singleElement()
                .satisfies(span -> assertThat(span.toMs()).isCloseTo(300, within(20.0)));
    }

    @Test
    void shouldSayThatTheGoodbyeNeverCameToItsEnd() throws IOException {
        call.begins("r1");
        call.speaks("r1", 500);
        call.tell(event -> event.transcriptDone("r1", "item", 0, "Goodbye."));
        call.tell(event -> event.responseDone("r1", ResponseStatus.INCOMPLETE));
        call.passes(1_000);
        call.happens(EventType.CARRIER_STOPPED);
        assertThat(told().end().whyNot()).contains("response 1").contains("not_cancelled");
    }

    @Test
    void shouldSayWhatNeverHeldWhenABoundEndedTheCall() throws IOException {
        call.marksAreLost = true;
        saysGoodbye();
        call.passes(4_000);
        hangsUp();
        Timeline told = told();
        assertThat(told.end().reason()).isEqualTo("bot_goodbye_bye_only");
        assertThat(told.end().drain()).isEqualTo("timeout");
        assertThat(told.end().lastCondition()).isNull();
        assertThat(told.end().whyNot()).isEqualTo("a bounded wait ended the call; what did not hold: played");
        assertThat(spans(told, "played")).isEmpty();
    }

    @Test
    void shouldSayThatTheGreetingsGoodbyeEndsNoCall() throws IOException {
        call.greets("r1");
        call.speaks("r1", 200);
        call.ends("r1", "Hello, and goodbye!");
        call.passes(500);
        assertThat(told().end().whyNot()).contains("in the greeting", "greeting_protection", "the call goes on");

        says("r2", 500, "Thank you, goodbye.");
        call.passes(2_000);
        hangsUp();
        assertThat(told().end().reason()).isEqualTo("bot_goodbye_bye_only");
        assertThat(told().end().whyNot()).isNull();
    }

    @Test
    void shouldSayThatNothingTheModelSaidWasAGoodbye() throws IOException {
        says("r1", 200, "Ta-ta then!");
        call.passes(500);
        call.happens(EventType.CARRIER_STOPPED);
        assertThat(told().end().whyNot())
                .contains("nothing that the model said was taken for a goodbye", "carrier_stop");
    }

    @Test
    void shouldSayThatSilenceEndedWhatNoGoodbyeDid() throws IOException {
        says("r1", 200, "Ta-ta then!");
        call.passes(60_000);
        assertThat(told().end().reason()).isEqualTo("silence_timeout");
        assertThat(told().end().whyNot())
                .contains("nothing that the model said was taken for a goodbye", "the call ended by silence_timeout");
    }

    @Test
    void shouldSayThatAnOperatorEndedTheCallAfterTheCallerSpokeOverTheGoodbye() throws IOException {
        saysGoodbyeAndIsSpokenOver();
        call.tell(event -> event.operatorHungUp(false));
        hangsUp();
        assertThat(told().end().whyNot())
                .startsWith("the caller spoke at 300 ms")
                .endsWith("the call ended by operator");
    }

    @Test
    void shouldNotSpeakOfAGoodbyeWhereTheModelWasLost() throws IOException {
        says("r1", 200, "Ta-ta then!");
        call.passes(500);
        call.happens(EventType.MODEL_LOST);
        call.passes(10_000);
        hangsUp();
        assertThat(told().end().reason()).isEqualTo("model_lost");
        assertThat(told().end().whyNot()).isNull();
    }

    @Test
    void shouldSayThatAnOperatorWasBeforeTheEndOfTheGoodbye() throws IOException {
        saysGoodbye();
        call.passes(300);
        call.tell(event -> event.operatorHungUp(false));
        assertThat(told().end().whyNot()).contains("the goodbye at 0 ms", "not yet heard", "ended by operator");
    }

    @Test
    void shouldSayThatTheCarrierHasNotAnsweredTheHangup() throws IOException {
        saysGoodbye();
        call.passes(2_000);
        assertThat(told().live()).isTrue();
        assertThat(told().end().whyNot())
                .isEqualTo("the hangup is ordered, and no answer of the carrier's API is known");
        assertThat(printed()).contains("ordered to end at 1").doesNotContain("\nended");

        call.happens(EventType.HANGUP_CONFIRMED);
        assertThat(told().end().whyNot())
                .isEqualTo("the carrier took the hangup at 2000 ms, and its stream has not ended");
        call.happens(EventType.CARRIER_STOPPED);
        assertThat(told().end().whyNot()).isNull();
        assertThat(told().end().confirmedMs()).isCloseTo(2_000, within(1.0));
        assertThat(printed()).contains("\nended at 1", ", taken by the carrier at 2000.000");
    }

    @Test
    void shouldSayThatTheCarrierRefusedTheHangup() throws IOException {
        saysGoodbye();
        call.passes(2_000);
        call.happens(EventType.HANGUP_GAVE_UP);
        assertThat(told().end().whyNot())
                .isEqualTo("the carrier's API failed for good at 2000 ms, and its stream has not ended");
        call.happens(EventType.CARRIER_LOST);
        assertThat(told().end().whyNot()).isNull();
    }

    @Test
    void shouldSayThatTheWordsOfTheLastResponseNeverCame() throws IOException {
        says("r1", 200, "How can I help?");
        call.passes(500);
        call.begins("r2");
        call.speaks("r2", 500);
        call.tell(event -> event.audioDone("r2", "item", 0));
        call.passes(1_000);
        assertThat(told().end().whyNot())
                .isEqualTo("the model sent audio of response 2 and no transcript of it, so that nobody knows whether"
                        + " it said goodbye: the call goes on");

        call.tell(event -> event.transcriptDone("r2", "item", 0, "I see."));
        assertThat(told().end().whyNot()).startsWith("nothing that the model said was taken for a goodbye");
    }

    @Test
    void shouldTellOfACallThatNobodyWantedToEnd() throws IOException {
        call.passes(100);
        call.happens(EventType.CARRIER_STOPPED);
        Timeline told = told();
        assertThat(told.end().reason()).isEqualTo("carrier_stop");
        assertThat(told.end().whyNot()).isNull();
        assertThat(told.conditions()).isEmpty();
    }

    @Test
    void shouldWriteTheDocumentThatOthersRead() throws IOException {
        saysGoodbye();
        call.passes(2_000);
        JsonNode json = new ObjectMapper().readTree(told().toJson());
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "call_sid",
                        "opened_at",
                        "duration_ms",
                        "live",
                        "complete",
                        "end",
                        "moments",
                        "caller_speech",
                        "model_audio",
                        "marks",
                        "barge_ins",
                        "conditions");
        assertThat(json.at("/end/last_condition").asText()).isEqualTo("played");
        assertThat(json.at("/model_audio/0/from_ms").isNumber()).isTrue();
        assertThat(json.at("/marks/0/name").asText()).isEqualTo("g1.m1");
        assertThat(json.at("/conditions/0/spans/0/to_ms").isNumber()).isTrue();
    }

    @Test
    void shouldTellWhatIsLeftOfACallWhoseEndIsDamaged() throws IOException {
        saysGoodbye();
        call.passes(2_000);
        call.close();
        try (Stream<Path> segments = Files.list(directory.resolve("segments"))) {
            Path segment = segments.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length - 20] ^= 1;
            Files.write(segment, bytes);
        }
        Timeline told = told();
        assertThat(told.complete()).isFalse();
        assertThat(told.moments()).isNotEmpty();
    }

    @Test
    void shouldPrintNoLineThatAPeerMadeUp() throws IOException {
        call.begins("r1");
        call.ends("r1", "hello\n   1.000  command  hang_up\u202E");
        assertThat(printed()).contains("hello\\u000a").doesNotContain("\u202E");
        assertThat(printed().lines()).noneMatch(line -> line.startsWith("   1.000"));
    }
}
