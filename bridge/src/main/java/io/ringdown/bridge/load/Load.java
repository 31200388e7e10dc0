package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Simulated calls in numbers, each of which says goodbye in a random order of events with random delays, and murmurs
 * meanwhile so that its bytes can be told apart without being taken for speech. Blocks its thread until all have ended.
 */
public final class Load implements AutoCloseable {
    private static final long LONGEST_CALL_S = 60;

    /** A place is free again only when the bridge has seen the end of its call, which may be later than ours. */
    private static final int PLACES_PER_CALL = 2;

    private final LoadPlan plan;
    private final Voices voices;
    private final SimulatedModel model;
    private final SimulatedCarrier carrier;
    private final SimulatedRest rest;
    private final ExecutorService results = Executors.newSingleThreadExecutor(task -> daemon(task, "results"));

    /** @throws IOException when a port is taken */
    public Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        voices = new Voices(plan.seed());
        ModelEndpoint endpoint = ModelEndpoint.local().at(new InetSocketAddress("127.0.0.1", plan.modelPort()));
        model = SimulatedModel.start(any -> voices.nextModel(), endpoint);
        carrier = SimulatedCarrier.start(plan.account());
        rest = SimulatedRest.start(plan.restPort(), plan.account(), carrier::completedByRest);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Where the bridge under test must find its model. */
    public URI modelUri() {
        return model.uri();
    }

    /** Where the bridge under test must find the carrier's REST API. */
    public URI restUrl() {
        return rest.url();
    }

    /** Plays the plan, against the bridge it names or one of our own. */
    public LoadReport run() throws IOException, InterruptedException {
        if (plan.route().isPresent()) {
            return run(plan.route().get(), Optional.empty());
        }
        BridgeProcess.Neighbours neighbours =
                new BridgeProcess.Neighbours(plan.publicUrl(), modelUri(), restUrl(), plan.account(), Optional.empty());
        try (BridgeProcess bridge =
                BridgeProcess.start(neighbours, PLACES_PER_CALL * plan.concurrent(), Optional.empty())) {
            return run(Route.webhook(plan.publicUrl() + "/twilio/voice", bridge.address()), Optional.of(bridge));
        }
    }

    private LoadReport run(Route route, Optional<BridgeProcess> bridge) throws IOException, InterruptedException {
        Optional<Duration> cpuBefore = bridge.map(BridgeProcess::cpu);
        long beganNs = System.nanoTime();
        List<CompletableFuture<CallResult>> calls = place(route);
        List<CallResult> ended = new ArrayList<>();
        for (CompletableFuture<CallResult> call : calls) {
            resultOf(call).ifPresent(ended::add);
        }
        Duration lasted = Duration.ofNanos(System.nanoTime() - beganNs);
        Optional<Duration> cpu = bridge.map(process -> process.cpu().minus(cpuBefore.orElseThrow()));
        TimeUnit.MILLISECONDS.sleep(LoadPlan.DOUBLE_HANGUP_MS);
        Map<String, Long> reasons = bridge.isPresent() ? bridge.get().reasons() : Map.of();
        return new LoadReport(plan, new LoadReport.Run(ended, rest.requests(), reasons, lasted, cpu));
    }

    private List<CompletableFuture<CallResult>> place(Route route) throws InterruptedException {
        Semaphore places = new Semaphore(plan.concurrent());
        List<CompletableFuture<CallResult>> calls = new ArrayList<>();
        for (int i = 0; i < plan.calls(); i++) {
            if (!places.tryAcquire(LONGEST_CALL_S, TimeUnit.SECONDS)) {
                break;
            }
            CarrierCall placed = carrier.place(CallPlan.via(route).withScript(voices.caller(i)));
            placed.ending().thenRun(places::release);
            calls.add(placed.ending().thenApplyAsync(ending -> resultOf(placed, ending), results));
            TimeUnit.MILLISECONDS.sleep(plan.rampMs());
        }
        return calls;
    }

    /** Once it has ended, a call is judged and forgotten: a long run would not fit into memory. */
    private CallResult resultOf(CarrierCall call, CallEnding ending) {
        Optional<ModelSession> session =
                model.sessionOf(candidate -> candidate.instructions().contains(call.callSid()));
        List<RestRequest> hangups = rest.requests(call.callSid());
        CallResult result = CallResult.of(call, ending, session.map(ModelSession::record), hangups);
        session.ifPresent(model::forget);
        return result;
    }

    /** Empty when it does not end. */
    private static Optional<CallResult> resultOf(CompletableFuture<CallResult> call) {
        CompletableFuture<Optional<CallResult>> bounded =
                call.thenApply(Optional::of).completeOnTimeout(Optional.empty(), LONGEST_CALL_S, TimeUnit.SECONDS);
        try {
            return bounded.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("a call could not be judged", e.getCause());
        }
    }

    @Override
    public void close() {
        results.shutdownNow();
        carrier.close();
        rest.close();
        model.close();
    }
}
