package io.ringdown.bridge.carrier.twilio;

import io.ringdown.bridge.json.PlainJson;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.NanoClock;

/**
 * What the legs of one lane take turns with, since each of them reads a message to its end before another begins. Lane
 * only, but for {@link #badMessages}.
 */
public final class Workbench {
    /** No message of the carrier may be longer; real ones are under 1 KiB. For the pipeline's aggregator too. */
    public static final int MAX_MESSAGE_BYTES = 64 * 1_024;

    private final byte[] text = new byte[MAX_MESSAGE_BYTES];
    private final PlainJson json = new PlainJson();
    private final NanoClock clock;
    private final AtomicLongArray badMessages = new AtomicLongArray(BadMessage.values().length); // lane writes

    public Workbench(NanoClock clock) {
        this.clock = clock;
    }

    byte[] text() {
        return text;
    }

    PlainJson json() {
        return json;
    }

    NanoClock clock() {
        return clock;
    }

    void count(BadMessage reason) {
        int index = reason.ordinal();
        badMessages.lazySet(index, badMessages.getPlain(index) + 1);
    }

    /** Any thread: messages of all calls of the lane that were dropped for {@code reason}. */
    public long badMessages(BadMessage reason) {
        return badMessages.get(reason.ordinal());
    }
}
