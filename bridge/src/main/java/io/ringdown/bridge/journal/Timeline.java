package io.ringdown.bridge.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringdown.engine.journal.LaneRun;
import io.ringdown.engine.journal.WrittenCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A call as its journal tells it, times in ms from its opening. Any thread but a lane's: it reads files.
 *
 * @param openedAt an ISO instant
 * @param live whether the call goes on
 * @param complete whether the journal has all of it, so far
 * @param end how it ended, or why it did not
 * @param moments in order; audio is told once a response
 * @param callerSpeech as the model noticed it
 * @param modelAudio when the caller heard it
 * @param conditions when each condition of the hangup held; empty if no end was ever due
 */
public record Timeline(
        String callSid,
        String openedAt,
        String agent,
        String lane,
        double durationMs,
        boolean live,
        boolean complete,
        End end,
        List<Moment> moments,
        List<Span> callerSpeech,
        List<Heard> modelAudio,
        List<Mark> marks,
        List<BargeIn> bargeIns,
        List<Condition> conditions) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * How the call ended. What does not apply is null.
     *
     * @param reason of the hangup, or {@code carrier_stop}; null while the call lives
     * @param atMs when the hangup was ordered, or the carrier's stream was over
     * @param confirmedMs when the carrier's API had taken the hangup
     * @param response at whose end it was to end; 0 is a recording of ours
     * @param lastCondition the one that was last to hold
     * @param whyNot why no goodbye ended the call, or has not yet, or why the call goes on although it was ordered to end; null
     *     when nothing is known to have been in its way
     */
    public record End(
            String reason,
            String via,
            String drain,
            Double atMs,
            Double confirmedMs,
            Integer response,
            String lastCondition,
            String whyNot) {}

    /** @param kind {@code event}, {@code command}, {@code timer} or {@code note} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Moment(double ms, String kind, String name, String text, Integer response) {}

    public record Span(double fromMs, double toMs) {}

    /** @param cut whether the caller was spared the rest of it */
    public record Heard(double fromMs, double toMs, int response, boolean cut) {}

    /** @param echoedMs null if it did not come back */
    public record Mark(String name, double sentMs, Double echoedMs) {}

    public record BargeIn(double ms) {}

    public record Condition(String name, List<Span> spans) {}

    /**
     * The call with that SID, also while it lives; the latest stream of it if there were several.
     *
     * @throws IOException if the journal cannot be read
     */
    public static Optional<Timeline> of(Path journalDir, String callSid) throws IOException {
        List<LaneRun> newestFirst = LaneRun.list(journalDir).stream()
                .sorted(Comparator.comparingLong(LaneRun::startedMs).reversed())
                .toList();
        WrittenCall latest = null;
        for (LaneRun lane : newestFirst) {
            if (latest != null && lane.startedMs() < latest.lane().startedMs()) {
                break; // an older process: what is wanted was found in a newer one
            }
            WrittenCall found = lane.find(callSid).orElse(null);
            if (found != null && (latest == null || found.openedEpochMs() > latest.openedEpochMs())) {
                latest = found;
            }
        }
        return Optional.ofNullable(latest).map(call -> TimelineBuilder.build(callSid, call));
    }

    static String instant(long epochMs) {
        return Instant.ofEpochMilli(epochMs).toString();
    }

    /** As one JSON document, in snake case. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
