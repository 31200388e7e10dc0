package io.ringdown.bridge.load;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Simulated calls in numbers, each of which says goodbye in a random order of events with random delays, and murmurs
 * meanwhile so that its bytes can be told apart without being taken for speech. Blocks its thread until all have ended.
 */
public final class Load implements AutoCloseable {
    private static final long LONGEST_CALL_S = 60;
    private static final int MURMUR_MS = 60_000;
    private static final int MAX_GAP_MS = 300;
    private static final long TICK_MS = 20;

    private final LoadPlan plan;
    private final SimulatedModel model;
    private final SimulatedCarrier carrier;
    private final SimulatedRest rest;
    private final AtomicLong replies = new AtomicLong();

    /** @throws IOException when a port is taken */
    public Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        byte[] goodbye = Speech.line("goodbye").muLaw();
        String text = Speech.line("goodbye").text();
        ModelEndpoint endpoint = ModelEndpoint.local().at(new InetSocketAddress("127.0.0.1", plan.modelPort()));
        model = SimulatedModel.start(
                any -> {
                    long seed = plan.seed() + replies.incrementAndGet();
                    return ModelScript.script()
                            .greeting(Reply.saying(text, goodbye)
                                    .inUnevenDeltas(seed)
                                    .endingShuffled(seed, MAX_GAP_MS));
                },
                endpoint);
        carrier = SimulatedCarrier.start(plan.account());
        rest = SimulatedRest.start(plan.restPort(), plan.account(), carrier::completedByRest);
    }

    /** Where the bridge under test must find its model. */
    public URI modelUri() {
        return model.uri();
    }

    /** Where the bridge under test must find the carrier's REST API. */
    public String restUrl() {
        return rest.url().toString();
    }

    /** Plays the plan, against the bridge it names or one of our own. */
    public LoadReport run() throws IOException, InterruptedException {
        if (plan.url().isPresent()) {
            return run(route(plan.url().get()));
        }
        try (BridgeProcess bridge = BridgeProcess.start(
                plan.publicUrl(), model.uri(), URI.create(restUrl()), plan.account(), plan.concurrent())) {
            return run(Route.webhook(plan.publicUrl() + "/twilio/voice", bridge.address()));
        }
    }

    private Route route(String url) {
        if (url.startsWith("ws")) {
            return Route.stream(url);
        }
        URI webhook = URI.create(url);
        return Route.webhook(
                plan.publicUrl() + webhook.getRawPath(), new InetSocketAddress(webhook.getHost(), webhook.getPort()));
    }

    private LoadReport run(Route route) throws InterruptedException {
        Histogram lateness = LoadReport.histogram();
        ScheduledExecutorService ticking = watch(lateness);
        long beganNs = System.nanoTime();
        List<CarrierCall> calls = place(CallPlan.via(route).withScript(murmuring()));
        List<CallResult> results = new ArrayList<>();
        for (CarrierCall call : calls) {
            if (isOver(call)) {
                results.add(CallResult.of(
                        call,
                        model.sessionOf(session -> session.instructions().contains(call.callSid())),
                        rest.requests(call.callSid())));
            }
        }
        ticking.shutdownNow();
        return new LoadReport(plan, results, lateness, (System.nanoTime() - beganNs) / 1e9);
    }

    private List<CarrierCall> place(CallPlan call) throws InterruptedException {
        Semaphore places = new Semaphore(plan.concurrent());
        List<CarrierCall> calls = new ArrayList<>();
        for (int i = 0; i < plan.calls(); i++) {
            if (!places.tryAcquire(LONGEST_CALL_S, TimeUnit.SECONDS)) {
                break;
            }
            CarrierCall placed = carrier.place(call);
            placed.ending().thenRun(places::release);
            calls.add(placed);
            TimeUnit.MILLISECONDS.sleep(plan.rampMs());
        }
        return calls;
    }

    private static boolean isOver(CarrierCall call) throws InterruptedException {
        try {
            call.ending().get(LONGEST_CALL_S, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** Noise of the smallest amplitudes: distinct bytes that no one takes for a voice. */
    private CallerScript murmuring() {
        SplittableRandom random = new SplittableRandom(plan.seed());
        byte[] murmur = new byte[MURMUR_MS * 8];
        for (int i = 0; i < murmur.length; i++) {
            murmur[i] = (byte) (0xF8 + random.nextInt(8));
        }
        return CallerScript.SILENT.at(0, CallerAction.say(io.ringdown.bridge.simulator.carrier.Speech.of(murmur)));
    }

    /** How late this process is at its own ticks: what it measures cannot be finer. */
    private static ScheduledExecutorService watch(Histogram lateness) {
        ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
        AtomicLong dueNs = new AtomicLong();
        ticking.scheduleAtFixedRate(
                () -> {
                    long nowNs = System.nanoTime();
                    dueNs.compareAndSet(0, nowNs);
                    LoadReport.record(lateness, nowNs - dueNs.getAndAdd(TimeUnit.MILLISECONDS.toNanos(TICK_MS)));
                },
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        return ticking;
    }

    @Override
    public void close() {
        carrier.close();
        rest.close();
        model.close();
    }
}
