package io.ringdown.bridge.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDecoderTest {
    private static final String DELTA = """
            {"type":"response.output_audio.delta","event_id":"e1","response_id":"resp_A","item_id":"item_A",\
            "output_index":0,"content_index":0,"delta":"/////w=="}""";

    private final RecordedEvents events = new RecordedEvents();

    // audio

    @Test
    void shouldShowADelta() {
        events.decode(DELTA);

        assertThat(events.lines).containsExactly("audio resp_A item_A/0 4 /////w==");
        assertThat(events.counts).isEmpty();
    }

    @Test
    void shouldTakeTheBetaNameOfADelta() {
        events.decode(DELTA.replace("output_audio", "audio"));

        assertThat(events.lines).containsExactly("audio resp_A item_A/0 4 /////w==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // other order and white space
                """
                { "delta" : "/////w==", "content_index":0, "item_id":"item_A"\t,
                  "response_id":"resp_A" , "type":"response.output_audio.delta" }""",
                // escapes in names and values
                """
                {"\\u0074ype":"response.output\\u005faudio.delta","response_id":"resp_\\u0041","item_id":"item_A",\
                "delta":"\\/\\/\\/\\/\\/w=="}""",
                // no content index, unknown fields of every kind
                """
                {"type":"response.output_audio.delta","response_id":"resp_A","item_id":"item_A","delta":"/////w==",\
                "x":{"y":[1,{"z":null}]},"obfuscation":"\u05e9","n":-1.5e3,"b":true}""",
            })
    void shouldShowTheSameDeltaHoweverItIsWritten(String json) {
        events.decode(json);

        assertThat(events.lines).containsExactly("audio resp_A item_A/0 4 /////w==");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowItemsAndPartsOfOneResponseApart(boolean plain) {
        String other = DELTA.replace("item_A", "item_B").replace("content_index\":0", "content_index\":3");
        events.decode(DELTA);
        events.decode(plain ? other : other.replace("{", "{\"x\":[],"));

        assertThat(events.lines)
                .containsExactly("audio resp_A item_A/0 4 /////w==", "audio resp_A item_B/3 4 /////w==");
    }

    @Test
    void shouldSkipAnEmptyDelta() {
        events.decode(DELTA.replace("/////w==", ""));

        assertThat(events.lines).isEmpty();
        assertThat(events.counts).isEmpty();
    }

    @Test
    void shouldShowADeltaOfAnySize() {
        for (int bytes : new int[] {1, 2, 3, 159, 160, 161, 2_000, 100_000}) {
            String audio = Base64.getEncoder().encodeToString(new byte[bytes]);
            events.lines.clear();
            events.decode(DELTA.replace("/////w==", audio));

            assertThat(events.lines).containsExactly("audio resp_A item_A/0 " + bytes + " " + audio);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/////w", "/////x=="})
    void shouldEncodeCarelessBase64Anew(String careless) {
        events.decode(DELTA.replace("/////w==", careless));
        events.decode(DELTA.replace("/////w==", careless).replace("{", "{\"x\":[],"));

        String mended = "audio resp_A item_A/0 4 /////w==";
        assertThat(events.lines).containsExactly(mended, mended);
        assertThat(events.count(ModelCounter.AUDIO_REPAIRED)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//*//w==",
                "/////",
                "/////w===",
                "====",
                "not base64!",
                "//-_",
                "//// w==",
                "\u05e9\u05dc\u05d5\u05dd"
            })
    void shouldDropWhatIsNotBase64(String foreign) {
        events.decode(DELTA.replace("/////w==", foreign));

        assertThat(events.lines).isEmpty();
        assertThat(events.count(ModelCounter.AUDIO_UNDECODABLE)).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameStringsForTheSameIdentifiers() {
        events.decode(DELTA);
        String responseId = events.lastResponseId;
        String itemId = events.lastItemId;
        events.decode(DELTA.replace("{", "{\"slow\":[],"));

        assertThat(events.lastResponseId).isSameAs(responseId);
        assertThat(events.lastItemId).isSameAs(itemId);
    }

    @Test
    void shouldMakeNoGarbageOfAPlainDelta() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String audio = Base64.getEncoder().encodeToString(new byte[2_000]);
        // on the heap: where Netty has no Unsafe, as on JDK 25, reading a direct buffer makes garbage of Netty's own
        ByteBuf delta = Unpooled.wrappedBuffer(DELTA.replace("/////w==", audio).getBytes(UTF_8));
        int rounds = 20_000;
        events.deaf = true;
        for (int i = 0; i < rounds; i++) {
            events.decode(delta);
        }
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            events.decode(delta);
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        delta.release();

        assertThat(allocated).isLessThan(rounds);
    }

    @Test
    void shouldTellTheEndsOfAudioAndTranscriptInEitherOrder() {
        for (String name : new String[] {"output_audio", "audio"}) {
            String part = ",\"response_id\":\"resp_A\",\"item_id\":\"item_A\",\"output_index\":0,\"content_index\":1";
            events.lines.clear();
            events.decode("{\"type\":\"response." + name + ".done\"" + part + "}");
            events.decode("{\"type\":\"response." + name + "_transcript.done\"" + part
                    + ",\"transcript\":\"Bye. \u05d1\u05d9\u05d9\"}");
            events.decode("{\"type\":\"response." + name + ".done\"" + part + "}");

            assertThat(events.lines)
                    .containsExactly(
                            "audio done resp_A item_A/1",
                            "transcript resp_A item_A/1: Bye. \u05d1\u05d9\u05d9",
                            "audio done resp_A item_A/1");
        }
    }

    // the session

    @Test
    void shouldTellThatASessionBegan() {
        events.decode(
                "{\"type\":\"session.created\",\"event_id\":\"e\",\"session\":{\"id\":\"sess_1\",\"expires_at\":1}}");

        assertThat(events.lines).containsExactly("session created");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'audio':{'input':{'format':{'type':'audio/pcmu'}},'output':{'format':{'type':'audio/pcmu'},'voice':'marin'}}}",
                "{'audio':{'input':{'format':'g711_ulaw'},'output':{'format':'g711_ulaw'}},'tools':[{'parameters':{'a':{'b':{}}}}]}",
                "{'input_audio_format':'g711_ulaw','output_audio_format':'g711_ulaw','voice':{'id':'voice_1'}}"
            })
    void shouldRecogniseATelephonesSession(String session) {
        events.decode("{\"type\":\"session.updated\",\"session\":" + session.replace('\'', '"') + "}");

        assertThat(events.lines).containsExactly("session updated, matches=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'audio':{'input':{'format':{'type':'audio/pcmu'}},'output':{'format':{'type':'audio/pcm','rate':24000}}}}",
                "{'audio':{'input':{'format':{'type':'audio/pcm'}},'output':{'format':{'type':'audio/pcmu'}}}}",
                "{'audio':{'input':{'format':{'type':'audio/pcmu'}}}}",
                "{'input_audio_format':'pcm16','output_audio_format':'g711_ulaw'}",
                "{'audio':{'input':{'format':{'type':7}},'output':{'format':null}}}",
                "{}",
                "null",
                "[]",
                "'audio/pcmu'"
            })
    void shouldNotTakeAnyOtherSessionForATelephones(String session) {
        events.decode("{\"type\":\"session.updated\",\"session\":" + session.replace('\'', '"') + "}");

        assertThat(events.lines).containsExactly("session updated, matches=false");
    }

    @Test
    void shouldTellErrorsByWhatTheyMean() {
        events.decode(error("invalid_request_error", "response_cancel_not_active", null));
        events.decode(error("invalid_request_error", "session_expired", null));
        events.decode(error("insufficient_quota", null, null));
        events.decode("{\"type\":\"error\",\"error\":\"something went wrong\"}");
        events.decode("{\"type\":\"error\"}");

        assertThat(events.lines)
                .containsExactly(
                        "failed BENIGN response_cancel_not_active null",
                        "failed EXPIRED session_expired null",
                        "failed QUOTA insufficient_quota null",
                        "failed OTHER null null",
                        "failed OTHER null null");
    }

    @Test
    void shouldBlameTheConfigurationOnlyUntilItIsConfirmed() {
        events.decode(error("invalid_request_error", "invalid_value", null));
        events.decode(
                "{\"type\":\"session.updated\",\"session\":{\"input_audio_format\":\"g711_ulaw\",\"output_audio_format\":\"g711_ulaw\"}}");
        events.decode(error("invalid_request_error", "invalid_value", null));
        events.decode(error("invalid_request_error", "invalid_value", "cfg-1"));

        assertThat(events.lines)
                .containsExactly(
                        "failed CONFIG invalid_value null",
                        "session updated, matches=true",
                        "failed OTHER invalid_value null",
                        "failed CONFIG invalid_value cfg-1");
    }

    private static String error(String type, String code, String eventId) {
        return "{\"type\":\"error\",\"event_id\":\"e8\",\"error\":{\"type\":" + quoted(type) + ",\"code\":"
                + quoted(code) + ",\"message\":\"x\",\"param\":null,\"event_id\":" + quoted(eventId) + "}}";
    }

    private static String quoted(String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    // the caller

    @Test
    void shouldTellWhatTheCallerDoes() {
        events.decode("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":12,\"item_id\":\"item_U\"}");
        events.decode("{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":99,\"item_id\":\"item_U\"}");
        events.decode("{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"item_U\","
                + "\"content_index\":0,\"transcript\":\"\u05d1\u05d9\u05d9\",\"usage\":{\"type\":\"tokens\"}}");
        events.decode("{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"item_U\","
                + "\"error\":{\"type\":\"transcription_error\",\"code\":\"insufficient_quota\"}}");

        assertThat(events.lines)
                .containsExactly(
                        "speech started item_U",
                        "speech stopped",
                        "caller item_U: \u05d1\u05d9\u05d9",
                        "caller item_U: null");
    }

    @Test
    void shouldHearTheCallerStartWhateverIsMissing() {
        events.decode("{\"type\":\"input_audio_buffer.speech_started\"}");

        assertThat(events.lines).containsExactly("speech started null");
    }

    // responses

    @Test
    void shouldTellWhoseResponseBegan() {
        events.decode(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_A\",\"metadata\":{\"ringdown_purpose\":\"FAREWELL\"}}}");
        events.decode(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_B\",\"metadata\":null,\"output\":[]}}");
        events.decode(
                "{\"type\":\"response.created\",\"response\":{\"metadata\":{\"ringdown_purpose\":\"DANCE\"},\"id\":\"resp_C\"}}");

        assertThat(events.lines)
                .containsExactly("created resp_A FAREWELL", "created resp_B TURN", "created resp_C TURN");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "completed|null|COMPLETED",
                "cancelled|{\"type\":\"cancelled\",\"reason\":\"turn_detected\"}|CANCELLED",
                "incomplete|{\"type\":\"incomplete\",\"reason\":\"content_filter\"}|INCOMPLETE",
                "incomplete|\"max_output_tokens\"|INCOMPLETE",
                "failed|null|FAILED",
                "failed|\"server_error\"|FAILED",
                "failed|{\"type\":\"failed\",\"error\":{\"type\":\"server_error\",\"code\":\"rate_limit_exceeded\"}}|FAILED",
                "failed|{\"type\":\"failed\",\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}|FAILED_QUOTA",
                "failed|{\"type\":\"failed\",\"error\":{\"type\":\"insufficient_quota\"}}|FAILED_QUOTA",
                "failed|{\"error\":{\"code\":\"billing_hard_limit_reached\"}}|FAILED_QUOTA",
                "failed|\"insufficient_quota\"|FAILED_QUOTA",
            })
    void shouldTellHowAResponseEnded(String status, String details, String expected) {
        events.decode("{\"type\":\"response.done\",\"event_id\":\"e5\",\"response\":{\"id\":\"resp_A\",\"object\":"
                + "\"realtime.response\",\"status\":\"" + status + "\",\"status_details\":" + details
                + ",\"output\":[{\"id\":\"item_A\",\"content\":[{\"type\":\"audio\",\"transcript\":\"Bye\"}]}],"
                + "\"usage\":{\"total_tokens\":7,\"input_token_details\":{\"cached\":{\"audio\":1}}}}}");

        assertThat(events.lines).containsExactly("done resp_A " + expected);
    }

    @Test
    void shouldNameATool() {
        events.decode(
                "{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"resp_A\",\"item_id\":\"i\","
                        + "\"call_id\":\"call_1\",\"name\":\"end_call\",\"arguments\":\"{\\\"reason\\\":\\\"done\\\"}\"}");

        assertThat(events.lines).containsExactly("tool resp_A call_1 'end_call'");
    }

    @Test
    void shouldRememberTheNameOfAToolThatTheBetaNamesOnlyOnce() {
        events.decode(
                "{\"type\":\"response.output_item.added\",\"response_id\":\"resp_A\",\"output_index\":0,\"item\":"
                        + "{\"id\":\"i\",\"type\":\"function_call\",\"status\":\"in_progress\",\"name\":\"end_call\",\"call_id\":\"call_1\"}}");
        events.decode(
                "{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"resp_A\",\"call_id\":\"call_1\"}");
        events.decode(
                "{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"resp_A\",\"call_id\":\"call_2\"}");

        assertThat(events.lines).containsExactly("tool resp_A call_1 'end_call'", "tool resp_A call_2 ''");
    }

    // what is passed over

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversation.created",
                "conversation.item.added",
                "conversation.item.created",
                "conversation.item.done",
                "conversation.item.truncated",
                "conversation.item.input_audio_transcription.delta",
                "input_audio_buffer.committed",
                "input_audio_buffer.timeout_triggered",
                "input_audio_buffer.dtmf_event_received",
                "mcp_list_tools.completed",
                "output_audio_buffer.started",
                "rate_limits.updated",
                "response.audio_transcript.delta",
                "response.content_part.added",
                "response.mcp_call.in_progress",
                "response.output_audio_transcript.delta",
                "response.output_item.done",
                "response.output_text.done",
            })
    void shouldIgnoreWhatMeansNothingToATelephone(String type) {
        assertThat(events.decode("{\"type\":\"" + type + "\",\"x\":[{}]}")).isTrue();
        assertThat(events.decode("{\"x\":[{}],\"type\":\"" + type + "\"}")).isTrue();

        assertThat(events.lines).isEmpty();
        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_IGNORED);
        assertThat(events.count(ModelCounter.MESSAGES_IGNORED)).isEqualTo(2);
    }

    @Test
    void shouldCountWhatNobodyKnows() {
        events.decode("{\"type\":\"response.brand_new.event\",\"event_id\":\"e7\",\"x\":{}}");
        events.decode("{\"type\":\"\"}");

        assertThat(events.lines).isEmpty();
        assertThat(events.count(ModelCounter.MESSAGES_UNKNOWN)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"text\"",
                "[{\"type\":\"session.created\"}]",
                "{\"type\":\"session.created\"",
                "{\"type\":\"session.created\"} {}",
                "{\"type\":\"session.created\",}",
                "{\"type\":\"session.created\",\"session\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"AAAA\",\"delta\":\"BBBB\"}",
                "{\"type\":\"response.output_audio.delta\",\"content_index\":99999999999,\"delta\":\"AAAA\"}",
                "{type:'session.created'}",
                "\u0000\u0001",
            })
    void shouldCountWhatIsNotAnObject(String text) {
        assertThat(events.decode(text)).isTrue();

        assertThat(events.lines).isEmpty();
        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_MALFORMED);
    }

    @Test
    void shouldRefuseNestingBeyondReason() {
        assertThat(events.decode("{\"type\":\"session.created\",\"x\":" + "[".repeat(100_000) + "}"))
                .isTrue();

        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"event\":\"session.created\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":null}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"a b\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":7,\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"\\ud800\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.done\",\"response_id\":\"r\"}",
                "{\"type\":\"response.output_audio_transcript.done\",\"response_id\":\"r\",\"item_id\":\"i\"}",
                "{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"r\"}",
                "{\"type\":\"response.created\"}",
                "{\"type\":\"response.created\",\"response\":\"resp_A\"}",
                "{\"type\":\"response.created\",\"response\":{\"id\":null}}",
                "{\"type\":\"response.done\",\"response\":{\"status\":\"completed\"}}",
                "{\"type\":\"response.done\",\"response\":{\"id\":\"r\"}}",
                "{\"type\":\"response.done\",\"response\":{\"id\":\"r\",\"status\":\"in_progress\"}}",
                "{\"type\":\"response.done\",\"response\":{\"id\":\"r\",\"status\":[]}}",
                "{\"type\":\"response.done\",\"response\":[]}",
            })
    void shouldCountWhatLacksSomething(String json) {
        assertThat(events.decode(json)).isTrue();

        assertThat(events.lines).isEmpty();
        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_INCOMPLETE);
    }

    @Test
    void shouldNotTakeANameWithADotForAPath() {
        events.decode("{\"type\":\"response.done\",\"response.id\":\"resp_A\",\"response.status\":\"completed\"}");
        events.decode("{\"type\":\"response.done\",\"response\":{\"id\":\"resp_A\",\"status\":\"failed\"},"
                + "\"response.status\":\"completed\"}");

        assertThat(events.lines).containsExactly("done resp_A FAILED");
    }

    @Test
    void shouldRefuseAnIdentifierBeyondReason() {
        events.decode(DELTA.replace("resp_A", "r".repeat(Identifiers.MAX_LENGTH + 1)));

        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_INCOMPLETE);
    }

    @Test
    void shouldAskForAMessageAgainWhenThereWasNoRoom() {
        events.full = true;
        assertThat(events.decode(DELTA)).isFalse();
        assertThat(events.decode("{\"type\":\"session.created\"}")).isFalse();
        assertThat(events.decode(DELTA.replace("/////w==", "/////w"))).isFalse();
        assertThat(events.decode("{\"type\":\"rate_limits.updated\"}")).isTrue();

        events.full = false;
        assertThat(events.decode(DELTA)).isTrue();
        assertThat(events.lines).hasSize(1);
        assertThat(events.counts).containsOnlyKeys(ModelCounter.MESSAGES_IGNORED);
    }

    @Test
    void shouldSurviveDamageOfEveryKind() {
        Random random = new Random(20);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(DELTA);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(300));
            }
            damaged.setLength(random.nextInt(10) == 0 ? random.nextInt(DELTA.length()) : DELTA.length());

            assertThat(events.decode(damaged.toString())).isTrue();
        }
        assertThat(events.counts)
                .containsKeys(
                        ModelCounter.MESSAGES_MALFORMED,
                        ModelCounter.MESSAGES_INCOMPLETE,
                        ModelCounter.MESSAGES_UNKNOWN,
                        ModelCounter.AUDIO_UNDECODABLE);
    }
}
