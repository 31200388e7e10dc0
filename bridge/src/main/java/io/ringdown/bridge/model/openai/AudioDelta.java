package io.ringdown.bridge.model.openai;

import io.ringdown.engine.audio.Base64Text;

/**
 * Audio of the model, as the decoder shows it: valid only while it is shown, and shown again whole if it was not taken.
 * The text is canonical, padded base64 and never empty. Lane only.
 */
final class AudioDelta {
    private String responseId;
    private String itemId;
    private int contentIndex;
    private byte[] text;
    private int offset;
    private int chars;

    void of(String responseId, String itemId, int contentIndex) {
        this.responseId = responseId;
        this.itemId = itemId;
        this.contentIndex = contentIndex;
    }

    void text(byte[] text, int offset, int chars) {
        this.text = text;
        this.offset = offset;
        this.chars = chars;
    }

    String responseId() {
        return responseId;
    }

    String itemId() {
        return itemId;
    }

    int contentIndex() {
        return contentIndex;
    }

    /** Length of the text in characters. */
    int chars() {
        return chars;
    }

    /** Copies {@code length} characters from {@code from} on to the beginning of {@code target}. */
    void copy(int from, int length, byte[] target) {
        System.arraycopy(text, offset + from, target, 0, length);
    }

    /** μ-law bytes of the {@code length} characters from {@code from} on, both multiples of four. */
    int bytes(int from, int length) {
        int padding = 0;
        if (from + length == chars) {
            padding = isPad(chars - 1) ? isPad(chars - 2) ? 2 : 1 : 0;
        }
        return Base64Text.bytes(length, padding);
    }

    private boolean isPad(int index) {
        return text[offset + index] == '=';
    }

    void clear() {
        of(null, null, 0);
        text(null, 0, 0);
    }
}
