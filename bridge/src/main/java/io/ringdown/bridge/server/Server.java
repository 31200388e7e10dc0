package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.admission.LateLane;
import io.ringdown.bridge.admission.SoftCap;
import io.ringdown.bridge.carrier.twilio.Authentication;
import io.ringdown.bridge.carrier.twilio.PublicUrl;
import io.ringdown.bridge.carrier.twilio.StreamTokens;
import io.ringdown.bridge.carrier.twilio.StreamUrl;
import io.ringdown.bridge.carrier.twilio.TwilioSignature;
import io.ringdown.bridge.carrier.twilio.Webhooks;
import io.ringdown.bridge.carrier.twilio.Workbench;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.bridge.hangup.RestLimits;
import io.ringdown.bridge.hangup.TwilioCalls;
import io.ringdown.bridge.journal.JournalThread;
import io.ringdown.bridge.model.openai.ModelConnector;
import io.ringdown.bridge.model.openai.ModelCounters;
import io.ringdown.bridge.model.openai.ModelEndpoint;
import io.ringdown.bridge.net.Acceptor;
import io.ringdown.bridge.net.Idle;
import io.ringdown.bridge.net.LaneSockets;
import io.ringdown.bridge.net.LaneThread;
import io.ringdown.bridge.net.Tick;
import io.ringdown.bridge.net.Tls;
import io.ringdown.bridge.net.TlsEntry;
import io.ringdown.bridge.net.Transport;
import io.ringdown.bridge.operations.Health;
import io.ringdown.bridge.operations.Metrics;
import io.ringdown.bridge.operations.OperationsServer;
import io.ringdown.bridge.operations.api.AuditLog;
import io.ringdown.bridge.operations.api.Controls;
import io.ringdown.bridge.operations.api.EndedCalls;
import io.ringdown.bridge.settings.Agent;
import io.ringdown.bridge.settings.Secret;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.engine.journal.JournalSettings;
import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A running server, and the diagram of its wiring: lanes drive their own sockets, one acceptor places connections on them,
 * the hangup worker speaks to the carrier's API, operations are on an address and a thread of their own.
 */
public final class Server implements AutoCloseable {
    private static final long WARM_EVERY_S = 25;
    private static final long SIGNAL_LOOK_MS = 50;

    private final Settings settings;
    private final AuditLog audit;
    private final Admission admission;
    private final Agents agents;
    private final CallRegistry registry = new CallRegistry();
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final List<RunningLane> lanes = new ArrayList<>();
    private final ScheduledExecutorService worker;
    private final Optional<TwilioCalls> carrierApi;
    private final HangupExecutor hangups;
    private final Draining draining;
    private final Optional<JournalThread> journal;
    private final Recording recording;
    private final ModelEndpoint model;
    private final ModelCounters modelCounters = new ModelCounters();
    private final Optional<Tls> tls;
    private final Metrics metrics;
    private final EndedCalls endedCalls = new EndedCalls();
    private final Acceptor acceptor;
    private final OperationsServer operations;

    /** How to stop what was started, the last first. */
    private final Deque<Runnable> parts = new ArrayDeque<>();

    private Server(Settings settings) throws IOException {
        this.settings = settings;
        audit = new AuditLog(settings.journalDir().map(dir -> dir.resolve("audit.jsonl")));
        agents = new Agents(Roster.of(settings.drain(), settings.agents().values()));
        admission = new Admission(settings.maxCalls());
        try {
            tls = openTls(settings.tls());
            tls.ifPresent(this::watchCertificate);
            model = openModel(settings.model());
            parts.push(model::close);
            recording = Recording.open(settings, restLimits());
            parts.push(recording::close);
            worker = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "hangup"));
            parts.push(worker::shutdownNow);
            carrierApi = carrierApi();
            carrierApi.ifPresent(api -> parts.push(api::close));
            hangups = new HangupExecutor(carrierApi, worker, recording::hungUp);
            draining = new Draining(
                    admission,
                    registry,
                    hangups,
                    this::deadCalls,
                    TimeUnit.SECONDS.toMillis(settings.limits().drainAtShutdownS()));
            journal = openJournal();
            List<Acceptor.Place> places = startLanes();
            metrics = new Metrics(admission, hangups, each(RunningLane::lane));
            parts.push(metrics::close);
            new ServerCounts(metrics).show(lanes, modelCounters, agents, carrierApi);
            recording.showIn(metrics);
            Health health = new Health(
                    () -> lanes.stream().allMatch(lane -> lane.thread().isAlive()), admission);
            operations = OperationsServer.start(
                    settings.admin().listen(), settings.admin().token(), health, metrics, controls());
            parts.push(operations::close);
            acceptor = Acceptor.listen(Transport.best(), settings.listen(), places);
            parts.push(acceptor::stopAccepting);
            watchLanes();
        } catch (IOException | RuntimeException e) {
            stopParts();
            throw e;
        }
        carrierApi.ifPresent(
                api -> worker.scheduleWithFixedDelay(api::warm, WARM_EVERY_S, WARM_EVERY_S, TimeUnit.SECONDS));
    }

    /**
     * Starts everything; calls are taken when this returns.
     *
     * @throws IOException in one line: an address that is taken, a model whose host has none
     * @throws io.ringdown.bridge.settings.SettingsException when a configured clip cannot be read
     */
    public static Server start(Settings settings) throws IOException {
        return new Server(settings);
    }

    /**
     * Reads what a start would read beside the settings.
     *
     * @throws io.ringdown.bridge.settings.SettingsException when a configured clip cannot be read
     */
    public static void check(Settings settings) {
        Roster.of(settings.drain(), settings.agents().values());
    }

    private static Optional<Tls> openTls(Optional<Settings.Tls> own) throws IOException {
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(Tls.server(own.get().key(), own.get().chain()));
    }

    private void watchCertificate(Tls own) {
        parts.push(own::close);
        parts.push(CertificateWatch.start(settings.tls().orElseThrow(), own)::close);
    }

    private static ModelEndpoint openModel(Settings.Model model) throws IOException {
        return ModelEndpoint.open(model.url(), model.apiKey().map(Secret::value), model.ca());
    }

    private Optional<TwilioCalls> carrierApi() {
        Settings.Twilio twilio = settings.twilio();
        if (twilio.accountSid().isEmpty() || twilio.authToken().isEmpty()) {
            return Optional.empty();
        }
        TwilioCalls api = new TwilioCalls(
                twilio.apiUrl(),
                twilio.accountSid().get(),
                twilio.authToken().get().value(),
                worker,
                restLimits());
        api.warm();
        return Optional.of(api);
    }

    private Optional<JournalThread> openJournal() throws IOException {
        if (settings.journalDir().isEmpty()) {
            return Optional.empty();
        }
        JournalSettings kept = new JournalSettings(
                settings.journal().redact(),
                Duration.ofDays(settings.retentionDays()),
                settings.journal().maxMb() * 1_000_000L);
        JournalThread opened = JournalThread.open(settings.journalDir().get(), kept, clock);
        parts.push(() -> closeJournal(opened));
        return Optional.of(opened);
    }

    /** A lane that has not stopped may yet write into its segment. */
    private void closeJournal(JournalThread opened) {
        if (each(RunningLane::thread).stream().noneMatch(LaneThread::isAlive)) {
            opened.close();
        }
    }

    private List<Acceptor.Place> startLanes() {
        Webhooks webhooks = webhooks();
        List<Acceptor.Place> places = new ArrayList<>();
        for (int i = 0; i < settings.lanes(); i++) {
            LaneSockets sockets = new LaneSockets(Transport.best());
            String name = "lane-" + i;
            Optional<LaneJournal> kept = journal.map(opened -> opened.journal().lane(name));
            Lane lane = new Lane(name, laneSettings(), clock, hangups, sockets::wake, kept.orElse(null));
            ModelConnector connector =
                    new ModelConnector(sockets, Transport.best().socketClass(), model);
            Workbench workbench = new Workbench(clock);
            CallOpening opening = new CallOpening(
                    lane,
                    agents,
                    workbench,
                    connector,
                    modelCounters,
                    webhooks.authentication(),
                    registry,
                    endedCalls,
                    recording::begun,
                    recording::over);
            LaneThread thread = LaneThread.start(lane, sockets, idle(), Tick.ofMs(settings.tickMs()), clock);
            parts.push(thread::close);
            Optional<TlsEntry> entry = tls.map(own -> new TlsEntry(own, clock));
            LateLane late = new LateLane(
                    lane, TimeUnit.MILLISECONDS.toNanos(settings.limits().lateMs()));
            lanes.add(new RunningLane(lane, thread, late, workbench, entry, kept));
            places.add(
                    new Acceptor.Place(thread, new CarrierPipeline(entry, webhooks, admission, opening), late::isLate));
        }
        journal.ifPresent(JournalThread::start);
        return places;
    }

    private void watchLanes() {
        SoftCap softCap = new SoftCap(admission, each(RunningLane::late), clock);
        ScheduledExecutorService supervisor =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "supervisor"));
        parts.push(supervisor::shutdownNow);
        supervisor.scheduleWithFixedDelay(softCap::look, SoftCap.LOOK_MS, SoftCap.LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Calls of lanes whose thread died: nothing more will be heard of them. */
    private int deadCalls() {
        return each(RunningLane::thread).stream()
                .filter(thread -> !thread.isAlive())
                .mapToInt(LaneThread::calls)
                .sum();
    }

    private <T> List<T> each(Function<RunningLane, T> part) {
        return lanes.stream().map(part).toList();
    }

    private RestLimits restLimits() {
        return RestLimits.threeTries(Duration.ofMillis(settings.limits().restTimeoutMs()));
    }

    private Controls controls() {
        PastCalls past = new PastCalls(settings.journalDir());
        return new Controls(
                admission,
                registry,
                hangups,
                each(RunningLane::lane),
                endedCalls,
                draining::begin,
                draining::progress,
                past::timeline,
                past::record,
                audit);
    }

    private Webhooks webhooks() {
        Settings.Twilio twilio = settings.twilio();
        boolean validate = twilio.validateSignature();
        String token = twilio.authToken().map(Secret::value).orElse("");
        Authentication authentication = new Authentication(
                validate
                        ? Optional.of(new TwilioSignature(
                                List.of(token), settings.publicUrl().orElseThrow()))
                        : Optional.empty(),
                validate ? Optional.of(new StreamTokens(token)) : Optional.empty(),
                twilio.accountSid());
        StreamUrl streamUrl = new StreamUrl(
                settings.publicUrl().map(PublicUrl::new), settings.tls().isPresent());
        return new Webhooks(authentication, streamUrl, admission, agents, registry);
    }

    /** Every lane could hold twice its share: connections are placed by load, not by number. */
    private LaneSettings laneSettings() {
        int share = (settings.maxCalls() + settings.lanes() - 1) / settings.lanes();
        LaneSettings sizes = LaneSettings.forCalls(Math.min(settings.maxCalls(), 2 * share));
        return sizes.holding(settings.limits().heldCallerAudioMs())
                .ticking(settings.tickMs())
                .redacting(settings.journal().redact());
    }

    private Idle idle() {
        return settings.idle() == Settings.Idle.SPIN ? Idle.SPIN : Idle.PARK;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What an operator should see before the first call. */
    public List<String> preflight() {
        return new Preflight(settings, address(), operations.address(), model).lines();
    }

    /** Where the carrier connects, the port chosen. */
    public InetSocketAddress address() {
        return acceptor.address();
    }

    /** Where operators connect, the port chosen. */
    public InetSocketAddress operationsAddress() {
        return operations.address();
    }

    /**
     * New calls have these agents; live ones keep theirs.
     *
     * @throws io.ringdown.bridge.settings.SettingsException when a configured clip cannot be read; nothing has changed then
     */
    void useAgents(Collection<Agent> next) {
        agents.replaceBy(Roster.of(settings.drain(), next));
    }

    AuditLog audit() {
        return audit;
    }

    public int liveCalls() {
        return admission.calls();
    }

    /**
     * Drains, and returns when that is done. The port is free for a successor as soon as everybody who was answered has come
     * in. A signal cuts the politeness short, one more the waiting.
     */
    public void drain(Signals signals) throws InterruptedException {
        audit.signalled("drain", draining.begin() ? "accepted" : "already_draining");
        boolean listening = true;
        while (!draining.awaitDone(0)) {
            if (listening && !admission.isAwaiting()) {
                listening = false;
                acceptor.stopAccepting();
            }
            if (signals.await(SIGNAL_LOOK_MS)) {
                draining.hurry();
                audit.signalled("end_now", "accepted");
            }
        }
    }

    @Override
    public void close() {
        admission.drain();
        stopParts();
    }

    private void stopParts() {
        while (!parts.isEmpty()) {
            parts.pop().run();
        }
    }
}
