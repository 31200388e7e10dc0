package io.ringdown.bridge.load.steady;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringdown.bridge.load.BridgeProcess;
import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Places the calls, lets them settle, measures for a while, waits until all that was said has arrived, and has the models
 * say goodbye or the callers hang up. Blocks its thread meanwhile. For one run.
 */
public final class SteadyRun implements AutoCloseable {
    private static final int STANDING_S = 30;

    /** A generator that has just begun cannot answer more at once for its model, and the bridge would give up on them. */
    private static final int MAX_ON_THEIR_WAY = 20;

    /** A response goes on for 4 s, of which most waits in the bridge. */
    private static final int ARRIVING_S = 8;

    private static final int ENDING_S = 10;

    /** Goodbyes as they come in practice: not all at the same moment. */
    private static final long GOODBYES_NS = TimeUnit.SECONDS.toNanos(5);

    /** A goodbye takes 2 s, and a hangup no more than 10 with all its tries. */
    private static final int HUNG_UP_S = 20;

    private static final int LOOK_MS = 50;

    private final SteadyPlan plan;
    private final Window window = new Window();
    private final List<SteadyCall> calls;
    private final List<CarrierCall> placed = new ArrayList<>();
    private final IoEventLoopGroup loop;
    private final SimulatedModel model;
    private final SimulatedCarrier carrier;
    private final SimulatedRest rest;
    private final ResourceLeakDetector.Level leaks = ResourceLeakDetector.getLevel();

    /**
     * Listens, so that a bridge may be started.
     *
     * @throws IOException when the certificate is no good
     */
    public SteadyRun(SteadyPlan plan) throws IOException {
        this.plan = plan;
        // it looks after each message, which is a tenth of our Java
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        List<SteadyCall> steady = new ArrayList<>();
        for (int i = 0; i < plan.calls(); i++) {
            steady.add(new SteadyCall(i, window));
        }
        calls = List.copyOf(steady);
        loop = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("load", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        ModelEndpoint endpoint = new ModelEndpoint(
                new InetSocketAddress("127.0.0.1", plan.load().modelPort()),
                loop,
                plan.tls().isPresent() ? plan.tls().get().server() : null,
                null);
        AtomicLong seeds = new AtomicLong(plan.load().seed());
        model = SimulatedModel.start(
                any -> new Talker(calls, window, (EventLoop) loop.next(), seeds.getAndIncrement()).script(), endpoint);
        carrier = SimulatedCarrier.start(plan.load().account(), loop);
        rest = SimulatedRest.start(plan.load().restPort(), plan.load().account(), carrier::completedByRest);
    }

    /**
     * Runs against the bridge that is named, or one of our own.
     *
     * @throws IOException when the bridge does not start, or its process is not to be found
     */
    public SteadyReport run() throws IOException, InterruptedException {
        if (plan.load().route().isPresent()) {
            return run(plan.load().route().get(), plan.pid());
        }
        BridgeProcess.Neighbours neighbours = new BridgeProcess.Neighbours(
                plan.load().publicUrl(), model.uri(), rest.url(), plan.load().account(), pems());
        try (BridgeProcess bridge = BridgeProcess.start(neighbours, plan.calls(), plan.bridgeCpu())) {
            Route route = Route.webhook(plan.load().publicUrl() + "/twilio/voice", bridge.address());
            return run(route, Optional.of(bridge.pid()));
        }
    }

    private Optional<BridgeProcess.Pems> pems() {
        return plan.tls().map(tls -> new BridgeProcess.Pems(tls.certificate(), tls.key()));
    }

    private SteadyReport run(Route route, Optional<Long> pid) throws IOException, InterruptedException {
        Meter bridge = new Meter(pid);
        Meter generator = new Meter(Optional.of(ProcessHandle.current().pid()));
        place(plan.tls().isPresent() ? route.over(plan.tls().get().client()) : route);
        await(STANDING_S, () -> calls.stream().allMatch(SteadyCall::stands) || nobodyIsLeft());
        requireOneStanding();
        TimeUnit.SECONDS.sleep(plan.settleSeconds());
        onLoop(() -> {
            window.open(System.nanoTime(), TimeUnit.SECONDS.toNanos(plan.seconds()));
            return null;
        });
        bridge.begin();
        generator.begin();
        TimeUnit.SECONDS.sleep(plan.seconds());
        bridge.end();
        generator.end();
        Tally tally = tallyOnceArrived();
        List<CallEnding> early = endings();
        long hangups = hangups();
        Optional<Goodbyes> goodbyes = plan.goodbye() ? Optional.of(sayGoodbye()) : Optional.empty();
        hangUp();
        return new SteadyReport(
                plan,
                new SteadyReport.Run(
                        tally,
                        window,
                        bridge.cost(),
                        generator.cost().orElseThrow(),
                        early,
                        unsentFrames(),
                        violations(),
                        hangups,
                        goodbyes));
    }

    private boolean nobodyIsLeft() {
        return placed.stream().allMatch(call -> call.ending().isDone());
    }

    private void requireOneStanding() throws IOException {
        if (onLoop(() -> calls.stream().noneMatch(SteadyCall::stands))) {
            throw new IOException("no call came through to the model: "
                    + endings().stream().findFirst().map(CallEnding::toString).orElse("nothing ended them either"));
        }
    }

    private void place(Route route) throws InterruptedException {
        for (SteadyCall call : calls) {
            await(STANDING_S, () -> onTheirWay() < MAX_ON_THEIR_WAY);
            CallPlan one = CallPlan.via(route).withTelephone(call).withRecording(CallPlan.Recording.FIGURES);
            placed.add(carrier.place(one));
            TimeUnit.MILLISECONDS.sleep(plan.load().rampMs());
        }
    }

    /** Placed, and neither through to the model nor over. */
    private int onTheirWay() {
        int onTheirWay = 0;
        for (int i = 0; i < placed.size(); i++) {
            if (!calls.get(i).stands() && !placed.get(i).ending().isDone()) {
                onTheirWay++;
            }
        }
        return onTheirWay;
    }

    private Tally tallyOnceArrived() throws InterruptedException {
        onLoop(() -> {
            window.endSpeech();
            return null;
        });
        await(ARRIVING_S, () -> calls.stream().allMatch(SteadyCall::isComplete));
        return onLoop(() -> Tally.of(calls, window));
    }

    private List<CallEnding> endings() {
        return placed.stream()
                .filter(call -> call.ending().isDone())
                .map(call -> call.ending().join())
                .toList();
    }

    private long unsentFrames() {
        return placed.stream().mapToLong(CarrierCall::unsentBytes).sum() / NumberedFrame.BYTES;
    }

    private List<String> violations() {
        return placed.stream().flatMap(call -> call.violations().stream()).toList();
    }

    private long hangups() {
        return rest.requests().stream()
                .filter(request -> !request.callSid().isEmpty())
                .count();
    }

    private Goodbyes sayGoodbye() throws InterruptedException {
        onLoop(() -> {
            window.close();
            calls.stream()
                    .filter(SteadyCall::stands)
                    .forEach(call -> call.talker().sayGoodbye(GOODBYES_NS));
            return null;
        });
        await(HUNG_UP_S, this::nobodyIsLeft);
        TimeUnit.MILLISECONDS.sleep(LoadPlan.DOUBLE_HANGUP_MS);
        List<Goodbyes.End> ends = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            CarrierCall call = placed.get(i);
            ends.add(Goodbyes.End.of(calls.get(i), call, rest.requests(call.callSid())));
        }
        return Goodbyes.of(ends);
    }

    private void hangUp() {
        placed.forEach(call -> call.perform(CallerAction.hangUp()));
        CompletableFuture.allOf(placed.stream().map(CarrierCall::ending).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, ENDING_S, TimeUnit.SECONDS)
                .join();
    }

    /** Looks again and again, on the event loop, whether something holds; returns at the latest after so many seconds. */
    private void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!onLoop(condition::getAsBoolean) && endNs - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop).join();
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(leaks);
        carrier.close();
        rest.close();
        model.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
