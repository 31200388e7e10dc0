package io.ringdown.bridge.operations;

import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.SilentModelLeg;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.admission.DrainProgress;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.bridge.operations.api.AuditLog;
import io.ringdown.bridge.operations.api.Controls;
import io.ringdown.bridge.operations.api.EndedCall;
import io.ringdown.bridge.operations.api.EndedCalls;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CarrierLeg;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.agrona.concurrent.SystemNanoClock;

/** A lane that turns, with calls that go on, and what a server has around them. No sockets. */
final class StandingCalls implements AutoCloseable {
    private static final CallSettings SETTINGS = new CallSettings(
            "default",
            DrainPolicy.PLAYBACK,
            false,
            true,
            new GoodbyeMatcher(GoodbyePhrases.defaults()),
            new VoicemailMatcher(List.of()),
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());

    final Admission admission;
    final CallRegistry registry = new CallRegistry();
    final EndedCalls ended = new EndedCalls();
    final AtomicReference<Instant> drained = new AtomicReference<>();
    final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    final AtomicInteger hungUp = new AtomicInteger();
    final HangupExecutor hangups =
            new HangupExecutor(Optional.empty(), worker, (call, report) -> hungUp.incrementAndGet());
    final Lane lane;

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private int turns;
    private boolean responding;
    private volatile boolean standsStill;
    private volatile boolean stopping;

    StandingCalls(int maxCalls) {
        admission = new Admission(maxCalls);
        lane = new Lane(
                "lane-0",
                new LaneSettings(8_192, maxCalls, 64, 64, 16_000, 160_000),
                SystemNanoClock.INSTANCE,
                hangups,
                () -> {});
        thread = new Thread(this::run, "lane-0");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopping) {
            if (!standsStill) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                lane.doWork();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    Controls controls(Optional<Path> auditFile) {
        return controls(auditFile, StandingCalls::timeline);
    }

    Controls controls(Optional<Path> auditFile, Function<String, Optional<String>> timelines) {
        return new Controls(
                admission,
                registry,
                hangups,
                List.of(lane),
                ended,
                () -> drained.compareAndSet(null, Instant.now()),
                () -> Optional.ofNullable(drained.get())
                        .map(since ->
                                new DrainProgress(DrainProgress.Stage.FINISHING, since, admission.calls(), 60_000)),
                timelines,
                callSid -> callSid.equals("CArecord") ? Optional.of("{\"call_sid\":\"CArecord\"}") : Optional.empty(),
                new AuditLog(auditFile));
    }

    /** Of the one call that has one. */
    static Optional<String> timeline(String callSid) {
        return callSid.equals("CAtimeline") ? Optional.of(timeline()) : Optional.empty();
    }

    private static String timeline() {
        try (InputStream resource = StandingCalls.class.getResourceAsStream("timeline.json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the call talks. */
    CallAddress place(String callSid) throws Exception {
        return place(List.of(callSid)).get(0);
    }

    List<CallAddress> place(List<String> callSids) throws Exception {
        CompletableFuture<List<CallAddress>> placed = new CompletableFuture<>();
        tasks.add(() -> placed.complete(callSids.stream().map(this::open).toList()));
        List<CallAddress> addresses = placed.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < addresses.size(); i++) {
            String callSid = callSids.get(i);
            addresses.get(i).tell(event -> event.callStarted(callSid));
            addresses.get(i).tell(event -> event.happened(EventType.MODEL_CONNECTED));
            addresses.get(i).tell(event -> event.happened(EventType.SESSION_CONFIRMED));
            addresses.get(i).tell(event -> event.happened(EventType.SPEECH_STARTED)); // or silence would end it
            registry.register(callSid, addresses.get(i));
            if (i % 1_000 == 999) {
                awaitTurn();
            }
        }
        awaitTurn();
        return addresses;
    }

    private CallAddress open(String callSid) {
        admission.enter();
        return lane.open(SETTINGS, port -> new Legs(new Telephone(port), new SilentModelLeg()), over -> {
                    ended.add(EndedCall.now("lane-0", "default", over));
                    registry.remove(callSid, registry.find(callSid));
                    admission.leave();
                })
                .address();
    }

    /** Every call passes from listening to a response, or back. */
    void toggleTurns() {
        responding = !responding;
        int turn = ++turns;
        registry.forEach((callSid, call) -> {
            while (!call.tell(event -> {
                if (responding) {
                    event.responseCreated("resp_" + turn, ResponsePurpose.TURN);
                } else {
                    event.responseDone("resp_" + (turn - 1), ResponseStatus.COMPLETED);
                }
            })) {
                Thread.onSpinWait(); // the ring is full
            }
        });
        awaitTurn();
    }

    private void awaitTurn() {
        long asked = lane.askForCensus();
        await().until(() -> lane.census().number() >= asked);
    }

    /** The lane does nothing any more, until told otherwise. */
    void standStill(boolean still) {
        standsStill = still;
    }

    @Override
    public void close() {
        stopping = true;
        worker.shutdownNow();
    }

    private record Telephone(CallPort port) implements CarrierLeg {
        @Override
        public void sendAudio(Frame frame) {}

        @Override
        public void sendMark(int generation, int mark) {}

        @Override
        public void sendClear() {}

        @Override
        public void close() {
            port.lane().afterTurn(() -> {
                long sequence = port.claim();
                port.slot(sequence).happened(EventType.CARRIER_LOST);
                port.publish(sequence);
            });
        }
    }
}
