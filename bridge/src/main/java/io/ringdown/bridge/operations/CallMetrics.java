package io.ringdown.bridge.operations;

import static io.ringdown.bridge.operations.LaneMetrics.word;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.Refusal;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.PoliteEnd;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounters;
import java.util.List;
import java.util.function.ToLongFunction;

/** What became of calls, all lanes together: let in or not, how they ended, what was not heard. */
final class CallMetrics {
    private final MeterRegistry registry;
    private final List<Lane> lanes;

    CallMetrics(MeterRegistry registry, List<Lane> lanes) {
        this.registry = registry;
        this.lanes = lanes;
    }

    void ends() {
        for (HangupReason reason : HangupReason.values()) {
            hangups(reason, null);
            for (Drain drain : Drain.values()) {
                hangups(reason, drain);
            }
        }
        goodbyes();
        drops();
    }

    void admission(Admission admission) {
        Gauge.builder("ringdown.calls.live", admission, Admission::calls)
                .description("calls that live now")
                .register(registry);
        Gauge.builder("ringdown.calls.capacity", admission, Admission::maxCalls)
                .description("calls that may live at the same time")
                .register(registry);
        Gauge.builder("ringdown.draining", admission, any -> any.isDraining() ? 1 : 0)
                .description("1 while the server drains, 0 otherwise")
                .register(registry);
        for (Refusal why : Refusal.values()) {
            FunctionCounter.builder("ringdown.calls.refused", admission, any -> any.refused(why))
                    .description("calls turned away: while draining, at the capacity, or since every lane is late")
                    .tag("reason", word(why))
                    .register(registry);
        }
    }

    void rest(HangupExecutor hangups) {
        FunctionCounter.builder("ringdown.rest.hangups.confirmed", hangups, HangupExecutor::confirmed)
                .description("hangups the carrier's API confirmed")
                .register(registry);
        FunctionCounter.builder("ringdown.rest.hangups.failed", hangups, HangupExecutor::gaveUp)
                .description("hangups the carrier's API could not do; the stream was closed instead")
                .register(registry);
    }

    private void hangups(HangupReason reason, Drain drain) {
        counter("ringdown.hangups", counters -> counters.hangups(reason, drain))
                .description("calls we ended, confirmed by the carrier")
                .tag("reason", reason.logName())
                .tag("drain", drain == null ? "none" : drain.logName())
                .register(registry);
    }

    private void goodbyes() {
        for (PoliteEnd.Heard heard : PoliteEnd.Heard.values()) {
            counter("ringdown.goodbyes", counters -> counters.goodbyes(heard))
                    .description("calls we ended with a goodbye, by what the caller heard of it")
                    .tag("heard", word(heard))
                    .register(registry);
        }
    }

    private void drops() {
        for (DropReason reason : DropReason.values()) {
            counter("ringdown.audio.dropped", counters -> counters.droppedBytes(reason))
                    .description("audio that was not passed on")
                    .baseUnit("bytes")
                    .tag("reason", word(reason))
                    .register(registry);
        }
    }

    private FunctionCounter.Builder<List<Lane>> counter(String name, ToLongFunction<LaneCounters> count) {
        return FunctionCounter.builder(
                name,
                lanes,
                all -> all.stream()
                        .mapToLong(lane -> count.applyAsLong(lane.counters()))
                        .sum());
    }
}
