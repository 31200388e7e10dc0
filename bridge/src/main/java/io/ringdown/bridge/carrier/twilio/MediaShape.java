package io.ringdown.bridge.carrier.twilio;

import io.ringdown.bridge.json.PlainJson;
import io.ringdown.bridge.json.PlainJson.Kind;
import java.util.Arrays;

/**
 * What the {@code media} messages of one stream have in common. A carrier writes them all alike: beside three numbers and
 * the payload, every byte is that of the message before. Taken from one message that was read whole and found to be audio of
 * the caller; the next are compared with it. What differs in anything but those four values is not recognised, and says
 * nothing: it is for the parser. Lane only.
 */
final class MediaShape {
    private static final byte[] SEQUENCE_NUMBER = TwilioDecoder.ascii("sequenceNumber");
    private static final byte[] CHUNK = TwilioDecoder.ascii("chunk");
    private static final int MAX_DIGITS = 18;

    /** All that does not change, in one piece; {@code ends} are where it is interrupted by a number. */
    private final byte[] constant;

    private final int[] ends;
    private final int tail; // where the constant text behind the payload begins
    private final int timestamp; // which of the numbers

    private long timestampMs;
    private int payloadStart;
    private int payloadLength;

    private MediaShape(byte[] constant, int[] ends, int tail, int timestamp) {
        this.constant = constant;
        this.ends = ends;
        this.tail = tail;
        this.timestamp = timestamp;
    }

    /**
     * The shape of a message that {@code json} has scanned.
     *
     * @param media the index of the object with the audio
     * @return null for a message that is not written as carriers write it, the payload behind the numbers and all of them strings
     */
    static MediaShape of(byte[] text, int length, PlainJson json, int media, int timestamp, int payload) {
        int[] numbers = {json.member(PlainJson.TOP, SEQUENCE_NUMBER), json.member(media, CHUNK), timestamp};
        Arrays.sort(numbers); // members are counted as they stand in the text
        if (numbers[numbers.length - 1] > payload || !areDigits(json, numbers)) {
            return null;
        }
        int[] ends = new int[numbers.length];
        byte[] constant = new byte[length];
        int size = 0;
        int from = 0;
        for (int i = 0; i < numbers.length; i++) {
            size = append(text, from, json.start(numbers[i]), constant, size);
            ends[i] = size;
            from = json.start(numbers[i]) + json.length(numbers[i]);
        }
        int tail = append(text, from, json.start(payload), constant, size);
        size = append(text, json.start(payload) + json.length(payload), length, constant, tail);
        return new MediaShape(Arrays.copyOf(constant, size), ends, tail, Arrays.binarySearch(numbers, timestamp));
    }

    private static boolean areDigits(PlainJson json, int[] members) {
        for (int member : members) {
            if (json.kind(member) != Kind.STRING || json.number(member) == PlainJson.NO_NUMBER) {
                return false;
            }
        }
        return true;
    }

    private static int append(byte[] text, int from, int to, byte[] constant, int size) {
        System.arraycopy(text, from, constant, size, to - from);
        return size + to - from;
    }

    /** Whether the first {@code length} bytes of {@code text} have the shape. Then what they say can be asked for. */
    boolean matches(byte[] text, int length) {
        int end = length - (constant.length - tail);
        int at = 0;
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            int begin = at + ends[i] - from;
            if (begin > end || !Arrays.equals(text, at, begin, constant, from, ends[i])) {
                return false;
            }
            from = ends[i];
            at = number(text, begin, Math.min(end, begin + MAX_DIGITS), i == timestamp);
            if (at == begin) {
                return false;
            }
        }
        payloadStart = at + tail - from;
        payloadLength = end - payloadStart;
        return payloadLength > 0
                && Arrays.equals(text, at, payloadStart, constant, from, tail)
                && Arrays.equals(text, end, length, constant, tail, constant.length);
    }

    /** Where the digits from {@code begin} end. */
    private int number(byte[] text, int begin, int limit, boolean isTimestamp) {
        long value = 0;
        int at = begin;
        while (at < limit && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at] - '0';
            at++;
        }
        if (isTimestamp) {
            timestampMs = value;
        }
        return at;
    }

    long timestampMs() {
        return timestampMs;
    }

    /** Where the payload begins in the text. It may hold anything yet, quotes too. */
    int payloadStart() {
        return payloadStart;
    }

    int payloadLength() {
        return payloadLength;
    }
}
