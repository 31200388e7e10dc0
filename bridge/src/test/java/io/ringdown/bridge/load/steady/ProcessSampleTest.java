package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessSampleTest {
    private static final String STAT =
            "4711 (java) S 1 4711 4711 0 -1 4194304 9052 0 12 0 1234 567 3 4 20 0 31 0 889 3301"
                    + " 41221 18446744073709551615 1 1 0 0 0 0 0 4096 16800972 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    private static final String STATUS = """
            Name:\tjava
            VmPeak:\t 3371240 kB
            VmRSS:\t  164888 kB
            RssAnon:\t  141020 kB
            RssFile:\t   23868 kB
            Threads:\t31
            """;

    @Test
    void shouldReadTimesAndMemory() throws IOException {
        assertThat(ProcessSample.parse(STAT, STATUS)).isEqualTo(new ProcessSample(12_340, 5_670, 141_020, 164_888));
    }

    @Test
    void shouldNotTripOverTheNameOfTheProcess() throws IOException {
        String named = STAT.replace("(java)", "(a) b (c) 1 2 3)");
        assertThat(ProcessSample.parse(named, STATUS).userMs()).isEqualTo(12_340);
    }

    @Test
    void shouldReadNoMemoryOfAProcessThatEnds() throws IOException {
        assertThat(ProcessSample.parse(STAT, "Name:\tjava\nState:\tZ (zombie)\n")
                        .rssKib())
                .isZero();
    }

    @Test
    void shouldSubtractTimesAndKeepTheMemoryOfNow() {
        ProcessSample before = new ProcessSample(100, 50, 1_000, 2_000);
        ProcessSample after = new ProcessSample(160, 70, 3_000, 4_000);
        assertThat(after.since(before)).isEqualTo(new ProcessSample(60, 20, 3_000, 4_000));
        assertThat(after.since(before).cpuMs()).isEqualTo(80);
    }

    @Test
    void shouldRefuseWhatIsNoStat() {
        assertThatThrownBy(() -> ProcessSample.parse("4711 (java) S 1", STATUS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stat");
    }

    @Test
    void shouldSayThatThereIsNoSuchProcess() {
        assertThatThrownBy(() -> ProcessSample.of(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no process -1");
    }
}
