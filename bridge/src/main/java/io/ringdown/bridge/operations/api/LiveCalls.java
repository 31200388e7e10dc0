package io.ringdown.bridge.operations.api;

import io.ringdown.bridge.operations.LaneLoads;
import io.ringdown.engine.lane.CallSnapshot;
import io.ringdown.engine.lane.Census;
import io.ringdown.engine.lane.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks the lanes for their censusTaker, at most four times a second however many ask here, and waits a bounded time for a lane
 * that does not turn.
 */
final class LiveCalls {
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_MS = 2;

    private final List<Lane> lanes;
    private final LaneLoads loads;
    private final ScheduledExecutorService loop;
    private final Consumer<CallsView> onView;

    /** Fixed, so that a call's beginning is the same each time it is told. */
    private final long epochMsAtZero = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    private final List<Consumer<CallsView>> waiting = new ArrayList<>();
    private CallsView latest = new CallsView(System.nanoTime() - FRESH_NS, List.of(), Map.of());
    private long[] asked;

    /** @param onView is shown every view, before those who asked for it */
    LiveCalls(List<Lane> lanes, LaneLoads loads, ScheduledExecutorService loop, Consumer<CallsView> onView) {
        this.lanes = lanes;
        this.loads = loads;
        this.loop = loop;
        this.onView = onView;
    }

    /** Shows {@code then} a view that is a quarter of a second old at most, now or soon. */
    void whenFresh(Consumer<CallsView> then) {
        if (System.nanoTime() - latest.takenNs() < FRESH_NS) {
            then.accept(latest);
            return;
        }
        waiting.add(then);
        if (waiting.size() == 1) {
            asked = lanes.stream().mapToLong(Lane::askForCensus).toArray();
            look(System.nanoTime());
        }
    }

    private void look(long sinceNs) {
        if (haveAllAnswered() || System.nanoTime() - sinceNs > PATIENCE_NS) {
            publish();
        } else {
            loop.schedule(() -> look(sinceNs), LOOK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean haveAllAnswered() {
        for (int i = 0; i < asked.length; i++) {
            if (!hasAnswered(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAnswered(int lane) {
        return lanes.get(lane).census().number() >= asked[lane];
    }

    private void publish() {
        List<LaneView> views = new ArrayList<>(asked.length);
        Map<String, LiveCall> calls = new HashMap<>();
        for (int i = 0; i < asked.length; i++) {
            Lane lane = lanes.get(i);
            views.add(LaneView.of(lane.calls(), hasAnswered(i), loads.latest().get(i)));
            collect(lane.roleName(), lane.census(), calls);
        }
        latest = new CallsView(System.nanoTime(), views, calls);
        List<Consumer<CallsView>> asking = List.copyOf(waiting);
        waiting.clear();
        onView.accept(latest);
        asking.forEach(then -> then.accept(latest));
    }

    private void collect(String lane, Census census, Map<String, LiveCall> calls) {
        for (CallSnapshot call : census.calls()) {
            if (call.callSid() != null) {
                long openedAtMs = epochMsAtZero + TimeUnit.NANOSECONDS.toMillis(call.openedNs());
                calls.put(
                        call.callSid(),
                        new LiveCall(
                                call.callSid(), lane, name(call.phase()), name(call.turn()), openedAtMs, call.agent()));
            }
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
