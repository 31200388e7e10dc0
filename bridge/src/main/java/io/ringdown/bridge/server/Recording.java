package io.ringdown.bridge.server;

import io.ringdown.bridge.hangup.HangupReport;
import io.ringdown.bridge.hangup.RestLimits;
import io.ringdown.bridge.operations.Metrics;
import io.ringdown.bridge.record.BegunCall;
import io.ringdown.bridge.record.CallRecords;
import io.ringdown.bridge.record.FinishedCall;
import io.ringdown.bridge.record.RecordCounter;
import io.ringdown.bridge.settings.Secret;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.engine.lane.CallAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A server's call records, or none where it has no journal directory. */
record Recording(Optional<CallRecords> records) implements AutoCloseable {
    /**
     * @param rest how long a hangup may take
     * @throws IOException naming the directory that cannot be used
     */
    static Recording open(Settings settings, RestLimits rest) throws IOException {
        if (settings.journalDir().isEmpty()) {
            return new Recording(Optional.empty());
        }
        Optional<CallRecords.Receiver> webhook = settings.webhook()
                .map(its -> new CallRecords.Receiver(its.url(), its.secret().map(Secret::value)));
        Duration untilNoAnswer = rest.patience().multipliedBy(2); // it may wait as long for its turn
        return new Recording(Optional.of(CallRecords.start(
                settings.journalDir().get(),
                webhook,
                Duration.ofDays(settings.retentionDays()),
                untilNoAnswer,
                settings.journal().redact())));
    }

    /** Lane threads. */
    void begun(BegunCall call) {
        records.ifPresent(its -> its.begun(call));
    }

    /** Lane threads. */
    void over(FinishedCall call) {
        records.ifPresent(its -> its.over(call));
    }

    /** The hangup worker. */
    void hungUp(CallAddress call, HangupReport report) {
        records.ifPresent(its -> its.hungUp(call, report));
    }

    void showIn(Metrics metrics) {
        records.ifPresent(its -> show(its, metrics));
    }

    private static void show(CallRecords records, Metrics metrics) {
        for (RecordCounter counter : RecordCounter.values()) {
            metrics.count(
                    "ringdown.records",
                    "call records, and what became of them",
                    "what",
                    counter.name().toLowerCase(Locale.ROOT),
                    () -> records.counters().value(counter));
        }
        metrics.gauge(
                "ringdown.records.waiting", "call records that wait to be taken", "by", "webhook", records::outboxSize);
    }

    @Override
    public void close() {
        records.ifPresent(CallRecords::close);
    }
}
