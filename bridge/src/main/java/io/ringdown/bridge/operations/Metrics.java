package io.ringdown.bridge.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.bridge.hangup.RestAnswers;
import io.ringdown.engine.lane.Lane;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What is counted, in Prometheus' words. Reads what others count anyway: nothing is counted for it. {@link CallMetrics} is
 * about calls, {@link LaneMetrics} and {@link LaneHistograms} about lanes; parts of the server show theirs by {@link #count}
 * and {@link #gauge}.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final JvmHeapPressureMetrics heap = new JvmHeapPressureMetrics();
    private final LaneLoads loads;

    /** The registry itself holds what it reads only weakly. */
    private final List<Object> kept = new CopyOnWriteArrayList<>();

    public Metrics(Admission admission, HangupExecutor hangups, List<Lane> lanes) {
        process();
        CallMetrics calls = new CallMetrics(registry, lanes);
        calls.admission(admission);
        calls.ends();
        calls.rest(hangups);
        loads = new LaneLoads(lanes, SystemNanoClock.INSTANCE);
        new LaneMetrics(registry, loads).show(lanes);
        registry.getPrometheusRegistry().register(new LaneHistograms(lanes));
        kept.add(lanes);
    }

    private void process() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        heap.bindTo(registry);
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            new NettyAllocatorMetrics(provider).bindTo(registry);
        }
    }

    /** How the lanes are doing. */
    public LaneLoads loads() {
        return loads;
    }

    /**
     * Shows what another part counts.
     *
     * @param tag names what {@code value} is one of
     * @param count never falls; any thread
     */
    public void count(String name, String description, String tag, String value, LongSupplier count) {
        kept.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .tag(tag, value)
                .register(registry);
    }

    /**
     * Shows how something stands in another part.
     *
     * @param tag names what {@code value} is one of
     * @param level any thread
     */
    public void gauge(String name, String description, String tag, String value, DoubleSupplier level) {
        kept.add(level);
        Gauge.builder(name, level, DoubleSupplier::getAsDouble)
                .description(description)
                .tag(tag, value)
                .register(registry);
    }

    /** Shows what the carrier's API answered. */
    public void rest(RestAnswers answers) {
        kept.add(answers);
        for (RestAnswers.Kind kind : RestAnswers.Kind.values()) {
            count(
                    "ringdown.rest.requests",
                    "requests for a hangup, by what was answered",
                    "answer",
                    kind.metricName(),
                    () -> answers.count(kind));
        }
        FunctionTimer.builder(
                        "ringdown.rest.request", answers, RestAnswers::count, RestAnswers::seconds, TimeUnit.SECONDS)
                .description("requests for a hangup, from sending to the whole answer or to giving up")
                .register(registry);
    }

    /** All of it, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        heap.close();
        registry.close();
    }
}
