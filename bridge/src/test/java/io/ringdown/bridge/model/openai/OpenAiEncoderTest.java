package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenAiSession SESSION = session(OptionalInt.of(1_200));

    private final OpenAiEncoder encoder = new OpenAiEncoder(SESSION, UnpooledByteBufAllocator.DEFAULT);

    private static OpenAiSession session(OptionalInt maxOutputTokens) {
        return new OpenAiSession(
                "gpt-realtime",
                "You answer calls for Acme.\n\"Politely\", \u05d1\u05e2\u05d1\u05e8\u05d9\u05ea.",
                "Greet the caller.",
                "marin",
                new OpenAiSession.Transcription("gpt-4o-mini-transcribe", "en"),
                new OpenAiSession.Vad(0.5, 300, 500),
                maxOutputTokens);
    }

    @Test
    void shouldConfigureATelephonesSession() throws Exception {
        JsonNode update = read(encoder.sessionUpdate());
        JsonNode tool = ((ObjectNode) update.at("/session/tools/0")).remove("description");

        assertThat(tool.textValue()).contains("goodbye");
        assertThat(update).isEqualTo(json("""
                {'type':'session.update','event_id':'cfg-1','session':{'type':'realtime','output_modalities':['audio'],
                 'instructions':'You answer calls for Acme.\\n\\"Politely\\", \u05d1\u05e2\u05d1\u05e8\u05d9\u05ea.','max_output_tokens':1200,
                 'audio':{'input':{'format':{'type':'audio/pcmu'},
                   'transcription':{'model':'gpt-4o-mini-transcribe','language':'en'},
                   'turn_detection':{'type':'server_vad','threshold':0.5,'prefix_padding_ms':300,
                     'silence_duration_ms':500,'create_response':true,'interrupt_response':true}},
                  'output':{'format':{'type':'audio/pcmu'},'voice':'marin'}},
                 'tools':[{'type':'function','name':'end_call','parameters':{'type':'object','properties':
                   {'reason':{'type':'string','description':'Why the conversation is finished, in a few words.'}},
                   'required':['reason']}}],
                 'tool_choice':'auto'}}"""));
    }

    @Test
    void shouldAskForNoLimitInWords() throws Exception {
        JsonNode update =
                read(new OpenAiEncoder(session(OptionalInt.empty()), UnpooledByteBufAllocator.DEFAULT).sessionUpdate());

        assertThat(update.at("/session/max_output_tokens").textValue()).isEqualTo("inf");
    }

    @Test
    void shouldGreetAsConfiguredWithoutForgettingWhoItIs() throws Exception {
        JsonNode create = read(encoder.responseCreate(ResponsePurpose.GREETING));

        ObjectNode expected = (ObjectNode) json("""
                {'type':'response.create','event_id':'resp-1','response':{'metadata':{'ringdown_purpose':'GREETING'}}}""");
        ((ObjectNode) expected.get("response")).put("instructions", SESSION.instructions() + "\n\nGreet the caller.");
        assertThat(create).isEqualTo(expected);
    }

    @Test
    void shouldAddNothingToWhatTheModelMakesOfATool() throws Exception {
        assertThat(read(encoder.responseCreate(ResponsePurpose.TOOL_ANSWER))).isEqualTo(json("""
                {'type':'response.create','event_id':'resp-1','response':{'metadata':{'ringdown_purpose':'TOOL_ANSWER'}}}"""));
    }

    @Test
    void shouldTellTheModelWhatAResponseIsFor() throws Exception {
        assertThat(instructions(ResponsePurpose.FAREWELL)).contains("short goodbye now");
        assertThat(instructions(ResponsePurpose.GOODBYE_ANSWER)).contains("caller has said goodbye");
        assertThat(instructions(ResponsePurpose.RESUME)).contains("cut off");
    }

    private String instructions(ResponsePurpose purpose) throws Exception {
        String instructions = read(encoder.responseCreate(purpose))
                .at("/response/instructions")
                .textValue();
        assertThat(instructions).startsWith(SESSION.instructions() + "\n\n");
        return instructions;
    }

    @Test
    void shouldForbidToolsOnlyInAFarewell() throws Exception {
        for (ResponsePurpose purpose : ResponsePurpose.values()) {
            JsonNode choice = read(encoder.responseCreate(purpose)).at("/response/tool_choice");

            assertThat(choice.asText()).isEqualTo(purpose == ResponsePurpose.FAREWELL ? "none" : "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecogniseItsOwnPurposeInTheAnswer(ResponsePurpose purpose) throws Exception {
        ObjectNode response = (ObjectNode) read(encoder.responseCreate(purpose)).get("response");
        RecordedEvents events = new RecordedEvents();
        events.decode("{\"type\":\"response.created\",\"response\":" + response.put("id", "r") + "}");

        assertThat(events.lines).containsExactly("created r " + purpose);
    }

    @Test
    void shouldCancelOneResponse() throws Exception {
        assertThat(read(encoder.responseCancel("resp_A")))
                .isEqualTo(json("{'type':'response.cancel','event_id':'cancel-1','response_id':'resp_A'}"));
    }

    @Test
    void shouldTruncateAtWhatWasHeard() throws Exception {
        assertThat(read(encoder.truncate("item_A", 1, 160))).isEqualTo(json("""
                {'type':'conversation.item.truncate','event_id':'trunc-1','item_id':'item_A','content_index':1,
                 'audio_end_ms':160}"""));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerATool(ToolAnswer answer) throws Exception {
        JsonNode create = read(encoder.toolAnswer("call_1", answer));
        String output = ((ObjectNode) create.get("item")).remove("output").textValue();

        assertThat(create).isEqualTo(json("""
                {'type':'conversation.item.create','event_id':'tool-1',
                 'item':{'type':'function_call_output','call_id':'call_1'}}"""));
        boolean ending = answer == ToolAnswer.ENDING || answer == ToolAnswer.ALREADY_ENDING;
        assertThat(JSON.readTree(output).get("status").textValue()).isEqualTo(ending ? "ok" : "error");
    }

    @Test
    void shouldNumberEveryEvent() throws Exception {
        Set<String> ids = new HashSet<>();
        List<ByteBuf> events = List.of(
                encoder.sessionUpdate(),
                encoder.responseCreate(ResponsePurpose.GREETING),
                encoder.responseCreate(ResponsePurpose.GREETING),
                encoder.responseCancel("r"),
                encoder.truncate("i", 0, 0),
                encoder.toolAnswer("c", ToolAnswer.ENDING));
        for (ByteBuf event : events) {
            ids.add(read(event).get("event_id").textValue());
        }

        assertThat(ids).hasSize(6);
    }

    @Test
    void shouldFillInTheTextsOfASession() {
        OpenAiSession template = new OpenAiSession(
                "gpt-realtime",
                "You talk to {{caller}}.",
                "Greet {{name}}.",
                "marin",
                SESSION.transcription(),
                SESSION.vad(),
                OptionalInt.empty());
        OpenAiSession filled = template.filledIn(Map.of("caller", "+1500", "name", "Zo\u00eb"));

        assertThat(filled.instructions()).isEqualTo("You talk to +1500.");
        assertThat(filled.greeting()).isEqualTo("Greet Zo\u00eb.");
        assertThat(filled.voice()).isEqualTo("marin");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode read(ByteBuf message) throws Exception {
        String text = message.toString(StandardCharsets.UTF_8);
        message.release();
        return JSON.readTree(text);
    }
}
