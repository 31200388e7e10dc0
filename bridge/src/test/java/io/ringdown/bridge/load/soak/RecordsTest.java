package io.ringdown.bridge.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallEnding.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
    private static final String HUNG_UP = """
            {"call_sid":"%s","end":{"by":"ringdown","stream":"stopped"},"hangup":{"attempts":[%s]},\
            "counters":{"caller_audio":{"in_bytes":%d}}}
            """;
    private static final String LEFT = """
            {"call_sid":"%s","end":{"by":"carrier","stream":"stopped"},"hangup":null,\
            "counters":{"caller_audio":{"in_bytes":%d}}}
            """;
    private static final String ONE_TRY = "{\"status\":200}";

    @TempDir
    private Path journal;

    private Records records(String day, String... documents) throws Exception {
        Path folder = Files.createDirectories(journal.resolve("records"));
        Files.writeString(folder.resolve(day + ".jsonl"), String.join("", documents));
        return Records.in(journal);
    }

    private static EndedCall call(String callSid, Cause cause) {
        return new EndedCall(callSid, Temper.POLITE, new CallEnding(cause, 0, ""), true, 0, 800, List.of());
    }

    @Test
    void shouldFindACallWithoutARecordWithTwoAndARecordWithoutACall() throws Exception {
        records("2026-11-26", LEFT.formatted("CA1", 800), LEFT.formatted("CA2", 800));
        Records records = records("2026-11-27", LEFT.formatted("CA2", 800), LEFT.formatted("CA9", 800));

        assertThat(records.count()).isEqualTo(4);
        assertThat(records.problems(
                        List.of(
                                call("CA1", Cause.CALLER_HUNG_UP),
                                call("CA2", Cause.CALLER_HUNG_UP),
                                call("CA3", Cause.CALLER_HUNG_UP)),
                        Map.of()))
                .containsExactlyInAnyOrder(
                        "CA2: 2 call records", "CA3: 0 call records", "CA9: a call record, but no call");
    }

    @Test
    void shouldFindNoneWhereNoneWereWritten() throws Exception {
        assertThat(Records.in(journal).problems(List.of(call("CA1", Cause.CALLER_HUNG_UP)), Map.of()))
                .containsExactly("no call records at all");
    }

    @Test
    void shouldAgreeWithTheCarrierThoughAnAnswerOrATryWasLost() throws Exception {
        String lost = "{\"status\":0},";
        Records records = records(
                "2026-11-27",
                HUNG_UP.formatted("CA1", lost + ONE_TRY, 640),
                LEFT.formatted("CA2", 800),
                HUNG_UP.formatted("CA3", lost + lost + ONE_TRY, 640));

        assertThat(records.problems(
                        List.of(
                                call("CA1", Cause.COMPLETED_BY_REST),
                                call("CA2", Cause.CALLER_HUNG_UP),
                                call("CA3", Cause.COMPLETED_BY_REST)),
                        Map.of("CA1", List.of(500, 200), "CA3", List.of(503, 200))))
                .isEmpty();
    }

    @Test
    void shouldFindWhatTheCarrierSawOtherwise() throws Exception {
        Records records = records(
                "2026-11-27",
                HUNG_UP.formatted("CA1", ONE_TRY, 800),
                LEFT.formatted("CA2", 640),
                LEFT.formatted("CA3", 960),
                HUNG_UP.formatted("CA4", "", 800),
                LEFT.formatted("CA5", 800));

        assertThat(records.problems(
                        List.of(
                                call("CA1", Cause.COMPLETED_BY_REST),
                                call("CA2", Cause.CALLER_HUNG_UP),
                                call("CA3", Cause.CALLER_HUNG_UP),
                                call("CA4", Cause.CALLER_HUNG_UP),
                                call("CA5", Cause.COMPLETED_BY_REST)),
                        Map.of("CA1", List.of(503, 200), "CA5", List.of())))
                .containsExactly(
                        "CA1 (POLITE): its record says tries of its hangup [200], at the carrier [503, 200]",
                        "CA2 (POLITE): its record says 640 bytes of the caller, who sent 800",
                        "CA3 (POLITE): its record says 960 bytes of the caller, who sent 800",
                        "CA4 (POLITE): its record says ended by us, but the caller hung up",
                        "CA5 (POLITE): its record says ended by the carrier, which was asked to");
    }
}
