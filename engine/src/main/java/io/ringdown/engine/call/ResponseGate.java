package io.ringdown.engine.call;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/**
 * The one place from which we ask the model to speak: greeting, farewell, tools. Voice activity detection makes responses
 * on its own, and only one may be active, so a request waits for its turn; one that collides is tried again after
 * {@code response.done}, unless the answer it asked for was just given.
 */
final class ResponseGate {
    private static final long REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /** After a collision with a response that, for all we know, is over. */
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int MAX_COLLISIONS = 3;

    /** Whatever the model says instead will do: asking again would say it twice. */
    private static final EnumSet<ResponsePurpose> SERVED_BY_ANY =
            EnumSet.of(ResponsePurpose.GREETING, ResponsePurpose.GOODBYE_ANSWER, ResponsePurpose.RESUME);

    private final CallState call;
    private final EnumSet<ResponsePurpose> wanted = EnumSet.noneOf(ResponsePurpose.class);
    private ResponsePurpose requested;
    private boolean abandoned;
    private int collisions;

    ResponseGate(CallState call) {
        this.call = call;
    }

    void want(ResponsePurpose purpose) {
        if (purpose != requested || abandoned) {
            wanted.add(purpose);
        }
        next();
    }

    /** Asks for the most urgent response, if now is the time. */
    void next() {
        if (wanted.isEmpty() || requested != null || !isOpen()) {
            return;
        }
        requested = wanted.iterator().next();
        wanted.remove(requested);
        abandoned = false;
        call.due(Deadline.RESPONSE_REQUEST, REQUEST_TIMEOUT_NS);
        call.commands.requestResponse(requested);
    }

    private boolean isOpen() {
        return call.isTalking() && !call.isModelLost() && !call.isCallerSpeaking() && call.responses.active() == null;
    }

    boolean isWaiting() {
        return requested != null;
    }

    /** A response appeared. True if it is one we asked for and want no more: it must be cancelled (the cancel was too early). */
    boolean onCreated(ResponsePurpose purpose) {
        wanted.removeAll(SERVED_BY_ANY);
        if (purpose != requested) {
            return false;
        }
        collisions = 0;
        answered();
        return abandoned;
    }

    /** Our request met an active response. Returns what it was for if it is given up, or null. */
    ResponsePurpose onCollided() {
        ResponsePurpose collided = requested;
        answered();
        if (collided == null || abandoned || SERVED_BY_ANY.contains(collided)) {
            return null;
        }
        if (++collisions > MAX_COLLISIONS) {
            collisions = 0;
            return collided;
        }
        wanted.add(collided);
        if (call.responses.active() == null) {
            call.due(Deadline.RESPONSE_REQUEST, RETRY_NS);
        }
        return null;
    }

    /** Nothing came of our request: it is over. Returns what it was for, or null if the caller no longer waits for it. */
    ResponsePurpose onTimeout() {
        ResponsePurpose lost = abandoned ? null : requested;
        answered();
        return lost;
    }

    /** The caller speaks: whatever we wanted said, the answer to that is the model's own. */
    void yield() {
        wanted.clear();
        abandoned = requested != null;
    }

    private void answered() {
        requested = null;
        call.deadlines.clear(Deadline.RESPONSE_REQUEST);
    }
}
