package io.ringdown.bridge.model.openai;

import io.netty.buffer.ByteBuf;
import io.ringdown.bridge.json.PlainJson;
import java.nio.charset.StandardCharsets;

/**
 * Reads the messages of all model legs of a lane, one after the other: deltas, which are most of them, in place and
 * without garbage, all else through {@link ServerMessage}. Lane only; what was read is valid until the next message.
 */
final class MessageReader {
    private static final byte[] TYPE = ascii("type");
    private static final byte[] DELTA_TYPE = ascii("response.output_audio.delta");
    private static final byte[] BETA_DELTA_TYPE = ascii("response.audio.delta");
    private static final byte[] RESPONSE_ID = ascii("response_id");
    private static final byte[] ITEM_ID = ascii("item_id");
    private static final byte[] CONTENT_INDEX = ascii("content_index");
    private static final byte[] DELTA = ascii("delta");
    private static final int USUAL_BYTES = 8 << 10;

    private final PlainJson json = new PlainJson();
    private final ServerMessage message = new ServerMessage();
    private final byte[] usual = new byte[USUAL_BYTES];
    private byte[] text;
    private int length;

    /** Copies a message, which stays the caller's. */
    void load(ByteBuf bytes) {
        length = bytes.readableBytes();
        text = length <= USUAL_BYTES ? usual : new byte[length];
        bytes.getBytes(bytes.readerIndex(), text, 0, length);
    }

    byte[] text() {
        return text;
    }

    /** Whether the message is a delta so plain that {@link #responseId}, {@link #delta} and the like hold. */
    boolean isPlainDelta() {
        if (!json.scan(text, 0, length)) {
            return false;
        }
        int type = json.member(PlainJson.TOP, TYPE);
        return (json.is(type, DELTA_TYPE) || json.is(type, BETA_DELTA_TYPE))
                && isString(responseId())
                && isString(itemId())
                && isString(delta())
                && contentIndex() >= 0;
    }

    private boolean isString(int member) {
        return json.kind(member) == PlainJson.Kind.STRING;
    }

    int responseId() {
        return json.member(PlainJson.TOP, RESPONSE_ID);
    }

    int itemId() {
        return json.member(PlainJson.TOP, ITEM_ID);
    }

    int delta() {
        return json.member(PlainJson.TOP, DELTA);
    }

    /** 0 when missing, as almost always; -1 when it is no index. */
    int contentIndex() {
        int member = json.member(PlainJson.TOP, CONTENT_INDEX);
        if (member == PlainJson.ABSENT) {
            return 0;
        }
        long index = json.kind(member) == PlainJson.Kind.NUMBER ? json.number(member) : PlainJson.NO_NUMBER;
        return index > Integer.MAX_VALUE ? -1 : (int) index;
    }

    /** Where the string {@code member} begins in {@link #text()}. */
    int start(int member) {
        return json.start(member);
    }

    int length(int member) {
        return json.length(member);
    }

    /** The whole message, or null when it is not a JSON object. */
    ServerMessage message() {
        return message.read(text, length) ? message : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
