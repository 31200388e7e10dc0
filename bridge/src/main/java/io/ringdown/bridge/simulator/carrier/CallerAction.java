package io.ringdown.bridge.simulator.carrier;

import java.util.function.Consumer;

/** Something that a caller, or the network under the call, does at one moment. */
public final class CallerAction {
    private final String name;
    private final Consumer<CallerStream> deed;

    private CallerAction(String name, Consumer<CallerStream> deed) {
        this.name = name;
        this.deed = deed;
    }

    /** Says it after whatever the caller is still saying. */
    public static CallerAction say(Speech speech) {
        return new CallerAction("say " + speech.durationMs() + " ms", stream -> stream.say(speech));
    }

    public static CallerAction dtmf(char digit) {
        return new CallerAction("dtmf", stream -> stream.dtmf(digit));
    }

    /** {@code stop}, then the socket is closed. */
    public static CallerAction hangUp() {
        return new CallerAction("hang up", stream -> stream.end(CallEnding.Cause.CALLER_HUNG_UP, System.nanoTime()));
    }

    /** A text message exactly as given, whatever it is. */
    public static CallerAction sendText(String raw) {
        return new CallerAction("send text", stream -> stream.sendText(raw));
    }

    /** Stops reading the socket for so long. */
    public static CallerAction stallReading(long ms) {
        return new CallerAction("stall reading " + ms + " ms", stream -> stream.stallReading(ms));
    }

    /** Stops reading the socket; only the end of the call makes it read again. */
    public static CallerAction stallReadingForGood() {
        return new CallerAction("stall reading for good", stream -> stream.stallReading(CallPlan.NEVER));
    }

    /** An inbound gap: no media for so long; time stamps go on, and the caller's words wait. */
    public static CallerAction pauseMedia(long ms) {
        return new CallerAction("pause media " + ms + " ms", stream -> stream.pauseMedia(ms));
    }

    /** Jitter: media of so long is kept back, then sent at once. */
    public static CallerAction holdMedia(long ms) {
        return new CallerAction("hold media " + ms + " ms", stream -> stream.holdMedia(ms));
    }

    /** The connection is reset (RST), without {@code stop} or a close frame. */
    public static CallerAction reset() {
        return new CallerAction("reset", stream -> stream.vanish(true));
    }

    /** The connection is closed (FIN), without {@code stop} or a close frame. */
    public static CallerAction drop() {
        return new CallerAction("drop", stream -> stream.vanish(false));
    }

    /** Half a WebSocket frame, then nothing any more on a connection that stays open. */
    public static CallerAction breakOffMidFrame() {
        return new CallerAction("break off mid-frame", CallerStream::breakOffMidFrame);
    }

    void doOn(CallerStream stream) {
        deed.accept(stream);
    }

    @Override
    public String toString() {
        return name;
    }
}
