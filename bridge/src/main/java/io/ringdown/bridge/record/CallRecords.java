package io.ringdown.bridge.record;

import io.ringdown.bridge.hangup.HangupReport;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one document of each call that is over, keeps it, and has it brought to the webhook. Lanes and the hangup worker
 * hand over and go on; all else happens on the thread {@code records}, which owns the files.
 *
 * <p>A call that we hung up is complete when two have spoken, in either order: the lane, that it is over, and the hangup
 * worker, what the carrier's API answered. For the second the first waits so long as there may be an answer, no longer; its
 * document lies on disk meanwhile, and should this process die, another takes it up as it is.
 */
public final class CallRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallRecords.class);

    /** Calls that have ended and are not written: a disk that hangs must not fill the memory. */
    private static final int MAX_BACKLOG = 10_000;

    private static final long CLEAN_EVERY_S = 3_600;

    /** Processes may overlap, and the one that ends first leaves what it could not deliver. */
    private static final long TAKE_UP_EVERY_S = 60;

    private static final long CLOSE_MS = 5_000;
    private static final long LOOK_MS = 10;

    /** For the files, also where a webhook has used up the rest. */
    private static final long LAST_MS = 200;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(CallRecords::daemon);
    private final RecordCounters counters = new RecordCounters();
    private final AtomicInteger backlog = new AtomicInteger();
    private final RecordStore store;
    private final Unanswered unanswered;
    private final Optional<LiveCalls> live;
    private final Duration retention;
    private final Duration patience;
    private final boolean redact;
    private final Clock clock;

    /** Calls that wait for what became of their hangup, and hangups whose calls are not over. */
    private final Map<CallAddress, Waiting> ended = new HashMap<>();

    private final Map<CallAddress, HangupReport> reports = new HashMap<>();

    /** What the document of a call that lives is to be called. */
    private final Map<CallAddress, String> begun = new HashMap<>();

    private record Waiting(FinishedCall call, String id, Instant openedAt) {}

    private CallRecords(
            Path journalDir,
            Optional<Receiver> webhook,
            Duration retention,
            Duration patience,
            boolean redact,
            Clock clock)
            throws IOException {
        this.retention = retention;
        this.patience = patience;
        this.redact = redact;
        this.clock = clock;
        Instant now = clock.instant();
        Optional<Courier> courier = Optional.empty();
        if (webhook.isPresent()) {
            Webhook posting = new Webhook(webhook.get().url(), webhook.get().secret(), clock);
            courier = Optional.of(new Courier(Outbox.open(journalDir, now), posting, counters, worker));
        }
        store = RecordStore.open(journalDir, courier, counters);
        unanswered = Unanswered.open(journalDir, store, patience, now);
        live = live(journalDir, now);
    }

    /**
     * Opens the files, and takes up what other processes did not deliver.
     *
     * @param webhook empty: records are only written
     * @param retention what is older is deleted
     * @param patience how long a hangup may go on when its call is over
     * @param redact leaves out what was said
     * @throws IOException naming the directory that cannot be used
     */
    public static CallRecords start(
            Path journalDir, Optional<Receiver> webhook, Duration retention, Duration patience, boolean redact)
            throws IOException {
        return start(journalDir, webhook, retention, patience, redact, Clock.systemUTC());
    }

    static CallRecords start(
            Path journalDir,
            Optional<Receiver> webhook,
            Duration retention,
            Duration patience,
            boolean redact,
            Clock clock)
            throws IOException {
        try {
            CallRecords records = new CallRecords(journalDir, webhook, retention, patience, redact, clock);
            records.begin();
            return records;
        } catch (IOException e) {
            throw new IOException("journal_dir cannot be used for call records: " + e, e);
        }
    }

    /** A disk that is full, or has no locks, keeps no server from its calls. */
    private Optional<LiveCalls> live(Path journalDir, Instant now) {
        try {
            return Optional.of(LiveCalls.open(journalDir, store, unanswered, now));
        } catch (IOException e) {
            LOG.warn("calls that live when this process is killed will have no record: {}", e.toString());
            return Optional.empty();
        }
    }

    private void begin() {
        worker.scheduleWithFixedDelay(this::removeExpired, 0, CLEAN_EVERY_S, TimeUnit.SECONDS);
        worker.scheduleWithFixedDelay(this::takeUpUnanswered, 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS);
        live.ifPresent(its ->
                worker.scheduleWithFixedDelay(() -> its.takeUp(clock.instant()), 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS));
        worker.scheduleWithFixedDelay(store::takeUp, 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "records");
        thread.setDaemon(true);
        return thread;
    }

    // what others hand over

    /** A call has begun: should this process die, another makes a record of it. Lane threads; never blocks. */
    public void begun(BegunCall call) {
        if (live.isPresent() && hasRoom()) {
            execute(() -> onBegun(call, live.get()));
        }
    }

    /** A call is over on its lane. Lane threads; never blocks. */
    public void over(FinishedCall call) {
        if (hasRoom()) {
            execute(() -> onOver(call));
        } else {
            counters.count(RecordCounter.BACKLOG_FULL);
        }
    }

    private boolean hasRoom() {
        boolean room = backlog.incrementAndGet() <= MAX_BACKLOG;
        if (!room) {
            backlog.decrementAndGet();
        }
        return room;
    }

    /** Nothing more is tried to hang this call up. The hangup worker; never blocks. */
    public void hungUp(CallAddress call, HangupReport report) {
        execute(() -> onReport(call, report));
    }

    private void execute(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException stopped) {
            LOG.warn("a call ended after its record could be written");
        }
    }

    // on the thread of its own

    private void onBegun(BegunCall call, LiveCalls its) {
        backlog.decrementAndGet();
        String id = UUID.randomUUID().toString();
        begun.put(call.address(), id);
        try {
            its.keep(id, document(new Waiting(call.lost(), id, clock.instant()), Optional.empty()));
        } catch (RuntimeException e) { // the worker would keep it to itself
            LOG.error(
                    "no document of a call that lives call_sid={}", call.start().callSid(), e);
        }
    }

    private void onOver(FinishedCall call) {
        Instant openedAt = clock.instant()
                .minusNanos(System.nanoTime() - call.summary().record().openedNs());
        String known = begun.remove(call.address());
        String id = known == null ? UUID.randomUUID().toString() : known;
        Waiting waiting = new Waiting(call, id, openedAt);
        HangupReport report = reports.remove(call.address());
        HangupReason reason = call.summary().reason();
        boolean complete = reason == null || !reason.endsPhoneCall() || report != null;
        if (complete) {
            settle(waiting, Optional.ofNullable(report));
        } else {
            ended.put(call.address(), waiting);
            if (keep(waiting, Optional.empty())) {
                releaseLive(id); // behind the document that takes its place
            }
            after(patience, () -> onPatienceSpent(call.address()));
        }
    }

    private void releaseLive(String id) {
        live.ifPresent(its -> its.release(id));
    }

    private void onPatienceSpent(CallAddress address) {
        onAnswered(ended.remove(address), Optional.empty());
    }

    /** A report nobody asks for is that of a call whose record did not wait: it is forgotten. */
    private void onReport(CallAddress address, HangupReport report) {
        if (ended.containsKey(address)) {
            onAnswered(ended.remove(address), Optional.of(report));
        } else {
            reports.put(address, report);
            after(patience, () -> reports.remove(address, report));
        }
    }

    private void onAnswered(Waiting waiting, Optional<HangupReport> report) {
        if (waiting != null) {
            settle(waiting, report);
        }
    }

    /** What cannot be written is kept beside, where there is room for it, and taken up when it can. */
    private void settle(Waiting waiting, Optional<HangupReport> report) {
        if (write(waiting, report)) {
            unanswered.release(waiting.id());
        } else {
            keep(waiting, report);
        }
        releaseLive(waiting.id()); // which says that the process died in the midst of the call
    }

    private void after(Duration wait, Runnable task) {
        worker.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean keep(Waiting waiting, Optional<HangupReport> report) {
        try {
            return unanswered.keep(waiting.id(), document(waiting, report));
        } catch (RuntimeException e) {
            return false; // said when it is written
        }
    }

    private byte[] document(Waiting waiting, Optional<HangupReport> report) {
        return new CallDocument(waiting.id(), waiting.call(), report, waiting.openedAt(), redact).toJson();
    }

    private boolean write(Waiting waiting, Optional<HangupReport> report) {
        backlog.decrementAndGet();
        try {
            long endedNs = waiting.call().summary().record().endedNs();
            return store.write(
                    waiting.id(), document(waiting, report), waiting.openedAt().plusNanos(endedNs));
        } catch (RuntimeException e) { // the worker would keep it to itself
            counters.count(RecordCounter.WRITE_FAILED);
            LOG.error("no record of a call call_sid={}", waiting.call().start().callSid(), e);
            return false;
        }
    }

    private void takeUpUnanswered() {
        Set<String> ours = ended.values().stream().map(Waiting::id).collect(Collectors.toSet());
        unanswered.takeUp(clock.instant(), ours::contains);
    }

    private void removeExpired() {
        Instant first = clock.instant().minus(retention);
        try {
            store.removeBefore(first);
            unanswered.removeBefore(first);
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            LOG.error("call records that are too old cannot be deleted", e);
        }
    }

    // what operators see

    /** Any thread. */
    public RecordCounters counters() {
        return counters;
    }

    /** Documents the webhook has yet to take. Any thread. */
    public int outboxSize() {
        return store.waiting();
    }

    /**
     * Writes what waits as it is, gives the webhook a few seconds for what is under way, and stops; after those seconds also
     * where the disk hangs. Once, or more often.
     */
    @Override
    public void close() {
        if (worker.isShutdown()) {
            return;
        }
        execute(() -> List.copyOf(ended.keySet()).forEach(this::onPatienceSpent));
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MS);
        try {
            awaitQuiet(endNs);
            worker.shutdownNow();
            if (worker.awaitTermination(
                    Math.max(TimeUnit.MILLISECONDS.toNanos(LAST_MS), endNs - System.nanoTime()),
                    TimeUnit.NANOSECONDS)) {
                live.ifPresent(LiveCalls::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            worker.shutdownNow();
        }
    }

    private void awaitQuiet(long endNs) throws InterruptedException {
        boolean quiet = false;
        while (!quiet && System.nanoTime() < endNs) {
            try {
                quiet = worker.submit(store::isQuiet).get(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException hung) {
                LOG.warn("call records may be missing: they were still being written after {} ms", CLOSE_MS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
            if (!quiet) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
    }

    /** Where records are posted; without a secret they are not signed. */
    public record Receiver(URI url, Optional<String> secret) {}
}
