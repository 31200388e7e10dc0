package io.ringdown.engine.call;

import java.util.ArrayList;
import java.util.List;

/**
 * The responses a call still has to know: those in progress, or with audio that waits, the last two finished, and the one a
 * hangup is bound to, which is never forgotten (S11). Oldest out first.
 */
final class Responses {
    private static final int FINISHED_KEPT = 2;
    private static final int MAX_KNOWN = 8;

    private final List<Response> known = new ArrayList<>(4);
    private int lastOrdinal;
    private int lastPart;

    /** A new response; {@code armed} may be null and is kept. */
    Response created(String id, ResponsePurpose purpose, int generation, Response armed) {
        forget(armed);
        Response response = new Response(++lastOrdinal, id, purpose, generation);
        known.add(response);
        return response;
    }

    /** A recording of ours, complete from the start. */
    Response clip(int generation) {
        forget(null);
        Response clip = new Response(0, "clip", ResponsePurpose.TURN, generation);
        clip.finished(ResponseStatus.COMPLETED);
        known.add(clip);
        return clip;
    }

    private void forget(Response armed) {
        int finished = 0;
        for (int i = known.size() - 1; i >= 0; i--) {
            Response response = known.get(i);
            boolean spent = response != armed && response.isFinished() && !response.isWaiting();
            if (spent && ++finished > FINISHED_KEPT) {
                known.remove(i);
            }
        }
        while (known.size() >= MAX_KNOWN) {
            known.remove(known.get(0) == armed ? 1 : 0);
        }
    }

    /** By the model's id; null if nobody announced it or it is forgotten. Ids are canonical, so identity mostly decides. */
    Response find(String id) {
        for (int i = known.size() - 1; i >= 0; i--) {
            Response response = known.get(i);
            if (response.ordinal != 0 && (response.id == id || response.id.equals(id))) {
                return response;
            }
        }
        return null;
    }

    Response find(int ordinal) {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i).ordinal == ordinal) {
                return known.get(i);
            }
        }
        return null;
    }

    /** The one in progress, the latest if there are several, or null. */
    Response active() {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (!known.get(i).isFinished()) {
                return known.get(i);
            }
        }
        return null;
    }

    /** A mark of the live generation went out, as the {@code sentMarks}th of the call. */
    void markSent(int mark, long sentMarks) {
        for (int i = 0; i < known.size(); i++) { // for every mark: an iterator would be garbage
            known.get(i).markSent(mark, sentMarks);
        }
    }

    /** A mark was sent or came back: when that was the last of a response is remembered. */
    void noteMarks(Playout playout, long nowNs) {
        for (int i = 0; i < known.size(); i++) { // for every mark: an iterator would be garbage
            known.get(i).noteMark(playout, nowNs);
        }
    }

    List<Response> known() {
        return known;
    }

    /** The part of {@code response}, made when it is new; null when the response has too many. */
    AudioPart part(Response response, String itemId, int contentIndex) {
        AudioPart part = response.part(itemId, contentIndex, lastPart + 1);
        if (part != null) {
            lastPart = Math.max(lastPart, part.number);
        }
        return part;
    }

    /** The part with that number, or null if its response is forgotten. */
    AudioPart part(int number) {
        for (int i = known.size() - 1; i >= 0; i--) {
            AudioPart part = known.get(i).part(number);
            if (part != null) {
                return part;
            }
        }
        return null;
    }
}
