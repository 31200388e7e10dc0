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
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    private static final long LAST_MS = 200;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(CallRecords::daemon);
    private final RecordCounters counters = new RecordCounters();
    private final AtomicInteger backlog = new AtomicInteger();
    private final Complaint unwritable = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);
    private final RecordArchive archive;
    private final Unanswered unanswered;
    private final Optional<LiveCalls> live;
    private final Optional<Courier> courier;
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
            RecordArchive archive,
            Unanswered unanswered,
            Optional<LiveCalls> live,
            Optional<Outbox> outbox,
            Optional<Webhook> webhook,
            Duration retention,
            Duration patience,
            boolean redact,
            Clock clock) {
        this.archive = archive;
        this.unanswered = unanswered;
        this.live = live;
        this.courier = outbox.map(its -> new Courier(its, webhook.orElseThrow(), counters, worker));
        this.retention = retention;
        this.patience = patience;
        this.redact = redact;
        this.clock = clock;
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
        RecordArchive archive;
        Unanswered unanswered;
        Optional<Outbox> outbox;
        try {
            archive = RecordArchive.open(journalDir);
            unanswered = Unanswered.open(journalDir, archive, patience, clock.instant());
            outbox = webhook.isPresent() ? Optional.of(Outbox.open(journalDir, clock.instant())) : Optional.empty();
        } catch (IOException e) {
            throw new IOException("journal_dir cannot be used for call records: " + e, e);
        }
        CallRecords records = new CallRecords(
                archive,
                unanswered,
                live(journalDir, clock),
                outbox,
                webhook.map(receiver -> new Webhook(receiver.url(), receiver.secret(), clock)),
                retention,
                patience,
                redact,
                clock);
        records.begin();
        return records;
    }

    /** A disk that is full, or has no locks, keeps no server from its calls. */
    private static Optional<LiveCalls> live(Path journalDir, Clock clock) {
        try {
            return Optional.of(LiveCalls.open(journalDir, clock.instant()));
        } catch (IOException e) {
            LOG.warn("calls that live when this process is killed will have no record: {}", e.toString());
            return Optional.empty();
        }
    }

    private void begin() {
        worker.scheduleWithFixedDelay(this::removeExpired, 0, CLEAN_EVERY_S, TimeUnit.SECONDS);
        worker.scheduleWithFixedDelay(this::takeUpUnanswered, 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS);
        live.ifPresent(its -> worker.scheduleWithFixedDelay(
                () -> its.takeUp(clock.instant(), new LostCalls()), 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS));
        courier.ifPresent(
                its -> worker.scheduleWithFixedDelay(() -> takeUp(its), 0, TAKE_UP_EVERY_S, TimeUnit.SECONDS));
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
            write(waiting, Optional.ofNullable(report));
            releaseLive(id);
        } else {
            ended.put(call.address(), waiting);
            if (keep(waiting)) {
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
        if (waiting != null && write(waiting, report)) {
            unanswered.release(waiting.id());
            releaseLive(waiting.id());
        }
    }

    private void after(Duration wait, Runnable task) {
        worker.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean keep(Waiting waiting) {
        try {
            return unanswered.keep(waiting.id(), document(waiting, Optional.empty()));
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
            return write(
                    waiting.id(), document(waiting, report), waiting.openedAt().plusNanos(endedNs));
        } catch (RuntimeException e) { // the worker would keep it to itself
            counters.count(RecordCounter.WRITE_FAILED);
            LOG.error("no record of a call call_sid={}", waiting.call().start().callSid(), e);
            return false;
        }
    }

    /**
     * First into the outbox: what the process dies over is delivered, and at worst missing among the files of the day. False
     * when it is in neither.
     */
    private boolean write(String id, byte[] document, Instant endedAt) {
        boolean sent = courier.map(its -> its.take(id, document)).orElse(false);
        boolean archived = archive(document, endedAt);
        return sent || archived;
    }

    /** What the dead process put into the outbox it knew better. */
    private boolean inherit(String id, byte[] document, Instant endedAt) {
        return write(id, courier.flatMap(its -> its.find(id)).orElse(document), endedAt);
    }

    /** Calls whose process died, unless it did so just behind their end and there is a better document. */
    private final class LostCalls implements LiveCalls.Heir {
        @Override
        public Set<String> known(Set<String> ids, Instant first) throws IOException {
            Set<String> known = ids.stream().filter(unanswered::holds).collect(Collectors.toSet());
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            LocalDate begunOn = LocalDate.ofInstant(first, ZoneOffset.UTC);
            LocalDate day =
                    (begunOn.isAfter(today) ? today : begunOn).minusDays(1); // clocks are set, and midnight passes
            for (; !day.isAfter(today); day = day.plusDays(1)) {
                known.addAll(archive.known(ids, day));
            }
            return known;
        }

        @Override
        public boolean write(String id, byte[] document) {
            boolean written = inherit(id, document, clock.instant());
            if (written) {
                LOG.warn("the process of a call died before it was over: record id={}", id);
            }
            return written;
        }
    }

    private boolean archive(byte[] document, Instant endedAt) {
        try {
            archive.append(document, LocalDate.ofInstant(endedAt, ZoneOffset.UTC));
            counters.count(RecordCounter.WRITTEN);
            unwritable.settled("call records can be written again");
            return true;
        } catch (IOException e) {
            counters.count(RecordCounter.WRITE_FAILED);
            unwritable.about("call records cannot be written: " + e);
            return false;
        }
    }

    private void takeUpUnanswered() {
        Set<String> ours = ended.values().stream().map(Waiting::id).collect(Collectors.toSet());
        unanswered.takeUp(clock.instant(), ours::contains, this::inherit);
    }

    private void takeUp(Courier its) {
        try {
            its.takeUp();
            unreadable.settled("webhook: the outbox can be read again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("webhook: the outbox cannot be read, what other processes left is not sent: " + e);
        }
    }

    private void removeExpired() {
        Instant first = clock.instant().minus(retention);
        try {
            archive.removeBefore(LocalDate.ofInstant(first, ZoneOffset.UTC));
            unanswered.removeBefore(first);
            if (courier.isPresent()) {
                courier.get().removeBefore(first);
            }
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
        return courier.map(Courier::waiting).orElse(0);
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
                    Math.max(LAST_MS * 1_000_000, endNs - System.nanoTime()), TimeUnit.NANOSECONDS)) {
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
                quiet = worker.submit(() -> courier.map(Courier::isQuiet).orElse(true))
                        .get(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
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
