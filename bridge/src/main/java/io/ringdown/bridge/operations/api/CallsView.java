package io.ringdown.bridge.operations.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All lanes and their calls, about at one moment. Immutable.
 *
 * @param takenNs by the clock of the lanes
 * @param calls by callSid
 */
record CallsView(long takenNs, List<LaneView> lanes, Map<String, LiveCall> calls) {

    List<List<Object>> rows() {
        return calls.values().stream().map(LiveCall::row).toList();
    }

    /** Rows of calls that are new or have changed since {@code before}. */
    List<List<Object>> changedSince(CallsView before) {
        List<List<Object>> changed = new ArrayList<>();
        for (LiveCall call : calls.values()) {
            if (!call.equals(before.calls.get(call.callSid()))) {
                changed.add(call.row());
            }
        }
        return changed;
    }

    /** CallSids of {@code before} that live no more. */
    List<String> goneSince(CallsView before) {
        return before.calls.keySet().stream()
                .filter(callSid -> !calls.containsKey(callSid))
                .toList();
    }
}
