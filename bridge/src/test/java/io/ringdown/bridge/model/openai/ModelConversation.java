package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringdown.bridge.wire.Conversation;
import io.ringdown.bridge.wire.Damage;
import io.ringdown.bridge.wire.OddAudio;
import io.ringdown.bridge.wire.OddJson;
import io.ringdown.bridge.wire.Tape;

/** Audio deltas of a session, read by the decoder. Only audio is heard. */
class ModelConversation implements Conversation {
    private static final String DELTA = "response.output_audio.delta";

    private final RecordedEvents events = new RecordedEvents();
    private final MessageReader reader = new MessageReader();

    @Override
    public byte[] write(Tape tape) {
        OddJson json = new OddJson(tape);
        String type = tape.of(DELTA, DELTA, DELTA, "response.audio.delta");
        String named = tape.oddOneIn(24) ? tape.of("response.output_audio.done", "rate_limits.updated", "") : type;
        String message = json.object(
                json.text("type", named),
                json.text("event_id", "event_1"),
                json.text("response_id", tape.oddOneIn(24) ? oddId(tape) : tape.of("resp_A", "resp_B")),
                json.text("item_id", tape.oddOneIn(24) ? oddId(tape) : "item_" + tape.below(12)),
                json.raw("output_index", "0"),
                json.raw("content_index", tape.of("0", "0", "1", "2147483647")),
                json.text("delta", OddAudio.of(tape)));
        return Damage.bytes(message, tape);
    }

    private static String oddId(Tape tape) {
        return tape.of("", " ", "a b", "\u00e9", "r".repeat(128), "r".repeat(129), "\ud83d\ude00");
    }

    @Override
    public String meaning(byte[] document) {
        return ModelMeaning.of(document);
    }

    @Override
    public Heard read(byte[] document) {
        events.lines.clear();
        ByteBuf bytes = Unpooled.wrappedBuffer(document);
        reader.load(bytes);
        boolean fast = reader.isPlainDelta();
        boolean taken = events.decode(bytes);
        if (!taken || bytes.readerIndex() != 0 || bytes.refCnt() != 1) {
            throw new IllegalStateException("not the caller's any more: taken=" + taken + " " + bytes);
        }
        events.lines.removeIf(line -> !line.startsWith("audio ") || line.startsWith("audio done"));
        return new Heard(String.join(", ", events.lines), fast);
    }
}
