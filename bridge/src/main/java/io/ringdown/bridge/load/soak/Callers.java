package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Keeps a number of calls alive: whenever one ends, another comes. One thread places; what ended, any thread may read. */
final class Callers {
    private static final int BETWEEN_CALLS_MS = 15;
    private static final int SMALL_RECEIVE_BUFFER_BYTES = 4_096;

    private final SimulatedCarrier carrier;
    private final Route route;
    private final SplittableRandom random;
    private final Map<String, CarrierCall> live = new ConcurrentHashMap<>();
    private final Queue<EndedCall> ended = new ConcurrentLinkedQueue<>();
    private int placed;

    Callers(SimulatedCarrier carrier, Route route, long seed) {
        this.carrier = carrier;
        this.route = route;
        random = new SplittableRandom(seed);
    }

    /** Places calls, one every few ms, until {@code count} live or the time is over. */
    void fillUpTo(int count, long untilNs) throws InterruptedException {
        while (live.size() < count && System.nanoTime() < untilNs) {
            place();
            TimeUnit.MILLISECONDS.sleep(BETWEEN_CALLS_MS);
        }
    }

    private void place() {
        Temper temper = Temper.any(random);
        CallPlan plan = CallPlan.via(route).withScript(temper.script(random)).withRecording(CallPlan.Recording.FIGURES);
        CarrierCall call =
                carrier.place(temper.hears() ? plan : plan.withReceiveBufferBytes(SMALL_RECEIVE_BUFFER_BYTES));
        placed++;
        live.put(call.callSid(), call);
        call.ending().thenAccept(ending -> {
            ended.add(EndedCall.of(call, temper, ending));
            live.remove(call.callSid());
        });
    }

    /** Waits until all have ended; those that have not are returned. */
    List<String> finish(Duration atMost) throws InterruptedException {
        long untilNs = System.nanoTime() + atMost.toNanos();
        while (!live.isEmpty() && System.nanoTime() < untilNs) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_CALLS_MS);
        }
        return List.copyOf(live.keySet());
    }

    int placed() {
        return placed;
    }

    int live() {
        return live.size();
    }

    List<EndedCall> ended() {
        return List.copyOf(ended);
    }
}
