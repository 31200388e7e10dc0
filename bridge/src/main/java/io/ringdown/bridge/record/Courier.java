package io.ringdown.bridge.record;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings documents to the webhook, out of the outbox, until it takes each or says that it never will. All methods but
 * {@link #waiting} belong to the thread of {@link CallRecords}.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** Some 100 MB of documents: a receiver that is down for longer must not fill the disk. */
    static final int MAX_DOCUMENTS = 20_000;

    private static final long LONGEST_ASKED_S = 3_600;

    private final Outbox outbox;
    private final Webhook webhook;
    private final RecordCounters counters;
    private final ScheduledExecutorService worker;
    private final DeliveryPlan plan =
            new DeliveryPlan(below -> ThreadLocalRandom.current().nextLong(below));
    private final AtomicInteger waiting = new AtomicInteger();
    private final Complaint down = new Complaint(LOG);
    private final Complaint unwritable = new Complaint(LOG);

    /** What is settled and cannot be taken out of the outbox. For the next process, not to be sent every time that we look. */
    private final Set<String> stuck = new HashSet<>();

    private long wokenAtNs = Long.MAX_VALUE;

    Courier(Outbox outbox, Webhook webhook, RecordCounters counters, ScheduledExecutorService worker) {
        this.outbox = outbox;
        this.webhook = webhook;
        this.counters = counters;
        this.worker = worker;
    }

    /** Takes up what other processes left: an earlier one, or one that drains and may end before all of it is taken. */
    void takeUp() throws IOException {
        int known = plan.size();
        for (String id : outbox.ids()) {
            if (!stuck.contains(id)) {
                plan.add(id, System.nanoTime());
            }
        }
        if (plan.size() > known) {
            LOG.info("webhook: {} call records wait that another process left", plan.size() - known);
        }
        go();
    }

    /** Once this returns true, the document outlives the process. */
    boolean take(String id, byte[] document) {
        if (plan.size() >= MAX_DOCUMENTS) {
            counters.count(RecordCounter.OUTBOX_FULL);
            unwritable.about("webhook: outbox full, call records are not sent: " + MAX_DOCUMENTS + " wait");
            return false;
        }
        try {
            outbox.put(id, document);
        } catch (IOException e) {
            counters.count(RecordCounter.OUTBOX_FAILED);
            unwritable.about("webhook: outbox cannot be written, call records are not sent: " + e);
            return false;
        }
        unwritable.settled("webhook: outbox can be written again");
        plan.add(id, System.nanoTime());
        go();
        return true;
    }

    /** What waits under that id. */
    Optional<byte[]> find(String id) {
        try {
            return Optional.of(outbox.read(id));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private void go() {
        for (String id = plan.next(System.nanoTime()); id != null; id = plan.next(System.nanoTime())) {
            send(id);
        }
        waiting.set(plan.size());
        long dueNs = plan.dueNs();
        if (dueNs < wokenAtNs) {
            wokenAtNs = dueNs;
            later(dueNs - System.nanoTime());
        }
    }

    private void later(long waitNs) {
        try {
            worker.schedule(
                    () -> {
                        wokenAtNs = Long.MAX_VALUE;
                        go();
                    },
                    waitNs,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            // what waits is taken up by the next process
        }
    }

    private void send(String id) {
        byte[] document;
        try {
            document = outbox.read(id);
        } catch (NoSuchFileException takenOut) {
            plan.forget(id);
            return;
        } catch (IOException e) {
            onFailure(id, "its file cannot be read: " + e, 0);
            return;
        }
        try {
            webhook.post(id, document).whenCompleteAsync((answer, failure) -> onAnswer(id, answer, failure), worker);
        } catch (RejectedExecutionException stopped) {
            // what waits is taken up by the next process
        }
    }

    private void onAnswer(String id, HttpResponse<Void> answer, Throwable failure) {
        if (failure != null) {
            onFailure(id, String.valueOf(failure.getCause() == null ? failure : failure.getCause()), 0);
        } else if (answer.statusCode() / 100 == 2) {
            onDelivered(id);
        } else if (mayPass(answer.statusCode())) {
            onFailure(id, "status " + answer.statusCode(), askedNs(answer).orElse(0));
        } else {
            onRejected(id, answer.statusCode());
        }
        go();
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /** What {@code Retry-After} says, in seconds; its other form, a date, nobody sends with a refusal. */
    private static OptionalLong askedNs(HttpResponse<Void> answer) {
        try {
            return answer.headers().firstValue("Retry-After").stream()
                    .mapToLong(Long::parseLong)
                    .filter(seconds -> seconds > 0)
                    .map(seconds -> TimeUnit.SECONDS.toNanos(Math.min(seconds, LONGEST_ASKED_S)))
                    .findFirst();
        } catch (NumberFormatException date) {
            return OptionalLong.empty();
        }
    }

    private void onDelivered(String id) {
        plan.settled(id);
        counters.count(RecordCounter.DELIVERED);
        down.settled("webhook: call records are taken again");
        try {
            outbox.remove(id);
        } catch (IOException e) {
            stuck.add(id);
            LOG.warn("webhook: delivered, but it stays in the outbox and will be sent again: {} {}", id, e.toString());
        }
    }

    private void onFailure(String id, String why, long atLeastNs) {
        plan.failed(id, System.nanoTime(), atLeastNs);
        counters.count(RecordCounter.RETRIED);
        down.about("webhook: a call record was not taken and is tried again: " + why);
    }

    private void onRejected(String id, int status) {
        plan.settled(id);
        counters.count(RecordCounter.REJECTED);
        LOG.warn("webhook: call record rejected, kept in outbox/rejected: id={} status={}", id, status);
        try {
            outbox.reject(id);
        } catch (IOException e) {
            stuck.add(id);
            LOG.warn("webhook: rejected, but it stays in the outbox and will be sent again: {} {}", id, e.toString());
        }
    }

    /** What is older is nobody's any more. */
    void removeBefore(Instant first) throws IOException {
        for (String id : outbox.removeBefore(first)) {
            plan.forget(id);
            counters.count(RecordCounter.EXPIRED);
            LOG.warn("webhook: call record not taken within the retention, deleted: id={}", id);
        }
        waiting.set(plan.size());
    }

    /** Whether nothing is on its way, nor could be just now. */
    boolean isQuiet() {
        return plan.isQuiet() && plan.dueNs() > System.nanoTime();
    }

    /** Documents in the outbox. Any thread. */
    int waiting() {
        return waiting.get();
    }
}
