package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.journal.CallReplay;
import io.ringdown.engine.journal.Entry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** When each condition of the hangup at the end of one response held. */
final class Conditions implements CallReplay.Watcher {
    private final Clock clock;
    private final int response;
    private final Map<HangupCondition, List<Timeline.Span>> spans = new EnumMap<>(HangupCondition.class);
    private final Map<HangupCondition, Double> heldSinceMs = new EnumMap<>(HangupCondition.class);
    private List<HangupCondition> unmet = List.of(HangupCondition.values());
    private double lastMs;
    private boolean decided;

    Conditions(Clock clock, int response) {
        this.clock = clock;
        this.response = response;
        for (HangupCondition condition : HangupCondition.values()) {
            spans.put(condition, new ArrayList<>());
        }
    }

    @Override
    public void handled(Entry.Happened event, CallMachine machine) {
        if (decided) {
            return;
        }
        lastMs = clock.ms(event.nowNs());
        decided = machine.phase() == Phase.ENDING || machine.phase() == Phase.CLOSED;
        if (!decided) {
            observe(machine.unmet(response));
        }
    }

    private void observe(List<HangupCondition> now) {
        for (HangupCondition condition : HangupCondition.values()) {
            if (!now.contains(condition)) {
                heldSinceMs.putIfAbsent(condition, lastMs);
            } else if (heldSinceMs.containsKey(condition)) {
                add(spans.get(condition), new Timeline.Span(heldSinceMs.remove(condition), lastMs));
            }
        }
        unmet = now;
    }

    /** What ceased and held again within one turn of the lane held all the time. */
    private static void add(List<Timeline.Span> held, Timeline.Span more) {
        Timeline.Span last = held.isEmpty() ? null : held.get(held.size() - 1);
        if (last != null && last.toMs() == more.fromMs()) {
            held.set(held.size() - 1, new Timeline.Span(last.fromMs(), more.toMs()));
        } else {
            held.add(more);
        }
    }

    /** What did not hold when the call was last looked at before its end. */
    List<HangupCondition> unmet() {
        return unmet;
    }

    /**
     * Which condition was the last to hold when all did. A goodbye is bound to its response as it is asked for, so that these
     * two come as one.
     */
    HangupCondition last() {
        if (unmet.isEmpty()) {
            return null;
        }
        HangupCondition last = unmet.get(unmet.size() - 1);
        boolean bound = last == HangupCondition.RESPONSE_ID_MATCH && unmet.contains(HangupCondition.PENDING_HANGUP);
        return bound ? HangupCondition.PENDING_HANGUP : last;
    }

    /** @param all whether all held at the end, although some did not just before */
    List<Timeline.Condition> told(boolean all) {
        if (response < 0) {
            return List.of();
        }
        List<Timeline.Condition> told = new ArrayList<>();
        for (HangupCondition condition : HangupCondition.values()) {
            List<Timeline.Span> held = spans.get(condition);
            if (heldSinceMs.containsKey(condition) || all) {
                add(held, new Timeline.Span(heldSinceMs.getOrDefault(condition, lastMs), lastMs));
            }
            told.add(new Timeline.Condition(condition.logName(), held));
        }
        return told;
    }
}
