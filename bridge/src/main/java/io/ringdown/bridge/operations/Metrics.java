package io.ringdown.bridge.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** What is counted, in Prometheus' words. Reads what others count anyway; nothing is counted for it. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /** The registry itself holds what it reads only weakly. */
    private final List<LongSupplier> counts = new CopyOnWriteArrayList<>();

    public Metrics(Admission admission, HangupExecutor hangups, List<Lane> lanes) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gc.bindTo(registry);
        admission(admission);
        hangups(hangups, lanes);
        for (Lane lane : lanes) {
            lane(lane);
        }
    }

    private void admission(Admission admission) {
        Gauge.builder("ringdown.calls.live", admission, Admission::calls)
                .description("calls that live now")
                .register(registry);
        Gauge.builder("ringdown.calls.capacity", admission, Admission::maxCalls)
                .description("calls that may live at the same time")
                .register(registry);
        FunctionCounter.builder("ringdown.calls.refused", admission, Admission::refused)
                .description("calls turned away at the capacity or while draining")
                .register(registry);
    }

    private void hangups(HangupExecutor hangups, List<Lane> lanes) {
        FunctionCounter.builder("ringdown.rest.hangups.confirmed", hangups, HangupExecutor::confirmed)
                .description("hangups the carrier's API confirmed")
                .register(registry);
        FunctionCounter.builder("ringdown.rest.hangups.failed", hangups, HangupExecutor::gaveUp)
                .description("hangups the carrier's API could not do; the stream was closed instead")
                .register(registry);
        for (HangupReason reason : HangupReason.values()) {
            FunctionCounter.builder(
                            "ringdown.hangups",
                            lanes,
                            all -> all.stream()
                                    .mapToLong(lane -> lane.counters().hangups(reason))
                                    .sum())
                    .description("calls we ended, confirmed by the carrier")
                    .tag("reason", reason.logName())
                    .register(registry);
        }
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder(
                            "ringdown.audio.dropped",
                            lanes,
                            all -> all.stream()
                                    .mapToLong(lane -> lane.counters().droppedBytes(reason))
                                    .sum())
                    .description("audio that was not passed on")
                    .baseUnit("bytes")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private void lane(Lane lane) {
        Gauge.builder("ringdown.lane.calls", lane, Lane::calls)
                .description("calls that live on the lane")
                .tag("lane", lane.roleName())
                .register(registry);
        Gauge.builder("ringdown.lane.frames.lent", lane, Lane::framesLent)
                .description("frames of audio that wait or are on their way")
                .tag("lane", lane.roleName())
                .register(registry);
        for (LaneCounter counter : LaneCounter.values()) {
            String name = counter.name().toLowerCase(Locale.ROOT).replace('_', '.');
            FunctionCounter.builder(
                            "ringdown.lane." + name, lane, any -> any.counters().get(counter))
                    .description(counter.sentence())
                    .tag("lane", lane.roleName())
                    .register(registry);
        }
    }

    /**
     * Shows what another part counts.
     *
     * @param tag names what {@code value} is one of
     * @param count never falls; any thread
     */
    public void count(String name, String description, String tag, String value, LongSupplier count) {
        counts.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .tag(tag, value)
                .register(registry);
    }

    /** All of it, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
