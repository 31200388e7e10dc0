package io.ringdown.engine.simulation.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The simulation finds what it is for: every incident that is put back, soon, and for what it is. */
class IncidentsTest {
    private static final long CALLS = 50_000;

    /** So many steps of a script are read at a glance. */
    private static final int FEW = 20;

    @Test
    void shouldFindEveryHistoricIncident() throws IOException, ReflectiveOperationException {
        SoftAssertions softly = new SoftAssertions();
        StringBuilder table = new StringBuilder();
        for (Incident incident : Incident.values()) {
            Hunt hunt = Hunt.of(incident.edits(), CALLS);
            table.append(String.format(
                    "%-75s | %,6d | %-29s | %2d%n", incident.story(), hunt.calls(), hunt.invariant(), hunt.steps()));
            softly.assertThat(hunt.invariant()).as(incident + hunt.report()).isIn(incident.invariants());
            softly.assertThat(hunt.steps()).as(incident + hunt.report()).isLessThanOrEqualTo(FEW);
        }
        System.out.printf("%-75s | %6s | %-29s | %s%n%s", "incident", "calls", "found by", "steps", table);
        softly.assertAll();
    }

    @Test
    void shouldFindNothingWhenNothingIsPutBack() throws IOException, ReflectiveOperationException {
        assertThat(Hunt.of(List.of(), CALLS).report()).isEmpty();
    }

    @Test
    void shouldFindNothingWhenTheSourcesAreOnlyCompiledAgain() throws IOException, ReflectiveOperationException {
        Edit comment = new Edit("call/CallMachine", "ending.review();", "ending.review(); // as it is");
        assertThat(Hunt.of(List.of(comment), CALLS).report()).isEmpty();
    }
}
