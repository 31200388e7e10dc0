package io.ringdown.bridge.server;

import io.ringdown.bridge.carrier.twilio.BadMessage;
import io.ringdown.bridge.hangup.TwilioCalls;
import io.ringdown.bridge.model.openai.ModelCounter;
import io.ringdown.bridge.model.openai.ModelCounters;
import io.ringdown.bridge.net.TlsEntry;
import io.ringdown.bridge.operations.FullLog;
import io.ringdown.bridge.operations.Metrics;
import io.ringdown.engine.journal.LaneJournal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Shows in the metrics what the parts of a server count for themselves. Once, at the start. */
record ServerCounts(Metrics metrics) {
    void show(List<RunningLane> lanes, ModelCounters modelCounters, Agents agents, Optional<TwilioCalls> carrierApi) {
        models(modelCounters);
        carriers(lanes);
        carrierApi.ifPresent(api -> metrics.rest(api.answers()));
        threads(lanes);
        journals(lanes, "written.bytes", "bytes of the journal", LaneJournal::bytesWritten);
        journals(lanes, "events.lost", "events that found no place in the journal", LaneJournal::eventsLost);
        journals(lanes, "segments", "files of the journal begun", LaneJournal::segmentsUsed);
        refusals("unknown", agents::refusedAsUnknown);
        refusals("full", agents::refusedAsFull);
        metrics.count("ringdown.log.lines.dropped", "log lines dropped", "reason", "queue_full", FullLog::droppedLines);
    }

    private void models(ModelCounters counters) {
        for (ModelCounter counter : ModelCounter.values()) {
            metrics.count(
                    "ringdown.model.events",
                    "what models did beside speaking",
                    "kind",
                    counter.name().toLowerCase(Locale.ROOT),
                    () -> counters.value(counter));
        }
    }

    private void carriers(List<RunningLane> lanes) {
        for (BadMessage reason : BadMessage.values()) {
            metrics.count(
                    "ringdown.carrier.messages.dropped",
                    "messages of carriers dropped",
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT),
                    () -> lanes.stream()
                            .mapToLong(lane -> lane.workbench().badMessages(reason))
                            .sum());
        }
        metrics.count(
                "ringdown.carrier.connections.broken",
                "connections of carriers that spoke no proper TLS",
                "reason",
                "tls",
                () -> lanes.stream()
                        .mapToLong(lane -> lane.tls().map(TlsEntry::failures).orElse(0L))
                        .sum());
    }

    private void threads(List<RunningLane> lanes) {
        for (RunningLane lane : lanes) {
            metrics.gauge(
                    "ringdown.lane.up",
                    "1 while the lane's thread lives, 0 once it died",
                    "lane",
                    lane.name(),
                    () -> lane.thread().isAlive() ? 1 : 0);
            metrics.gauge(
                    "ringdown.lane.late",
                    "1 while the lane is late and gets no new calls as long as another is on time",
                    "lane",
                    lane.name(),
                    () -> lane.late().isLate() ? 1 : 0);
            metrics.count(
                    "ringdown.lane.turns.failed",
                    "turns of the lane that ended in an error of ours",
                    "lane",
                    lane.name(),
                    lane.thread()::failures);
        }
    }

    /** Lanes without a journal write nothing and lose nothing. */
    private void journals(
            List<RunningLane> lanes, String name, String description, ToLongFunction<LaneJournal> counter) {
        for (RunningLane lane : lanes) {
            LongSupplier count = () -> lane.journal().map(counter::applyAsLong).orElse(0L);
            metrics.count("ringdown.journal." + name, description, "lane", lane.name(), count);
        }
    }

    private void refusals(String reason, LongSupplier count) {
        metrics.count(
                "ringdown.agents.calls.refused", "calls turned away for their agent's sake", "reason", reason, count);
    }
}
