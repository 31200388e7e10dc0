package io.ringdown.bridge.load.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final String SCRAPE = """
            # HELP ringdown_calls_live calls that live now
            ringdown_calls_live 3.0
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.0E6
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.0E7
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0E7
            jvm_buffer_memory_used_bytes{id="direct"} 4096.0
            jvm_buffer_memory_used_bytes{id="mapped"} 9.0E9
            netty_allocator_memory_used{allocator_type="PooledByteBufAllocator",id="1",memory_type="direct"} 8192.0
            netty_allocator_memory_used{allocator_type="PooledByteBufAllocator",id="1",memory_type="heap"} 70.0
            process_files_open_files 40.0
            jvm_threads_live_threads 17.0
            ringdown_lane_frames_lent{lane="lane-0"} 5.0
            ringdown_lane_frames_lent{lane="lane-1"} 6.0
            """;

    private static final Reading BEFORE = new Reading(0, 20_000_000, 1_000_000, 40, 17, 0, 100_000);

    @Test
    void shouldReadWhatTheServerHolds() {
        assertThat(Reading.of(Scrape.of(SCRAPE), 7)).isEqualTo(new Reading(3, 21_000_000, 12_288, 40, 17, 11, 7));
    }

    @Test
    void shouldNotTakeAMetricThatIsGoneForAZero() {
        Scrape renamed = Scrape.of(SCRAPE.replace("ringdown_lane_frames_lent", "ringdown_frames"));
        assertThatThrownBy(() -> Reading.of(renamed, 0)).hasMessageContaining("ringdown_lane_frames_lent");
    }

    @Test
    void shouldFindWhatAnIdleServerHoldsThatItDidNotHold() {
        assertThat(BEFORE.leaksSince(BEFORE, 10)).isEmpty();
        assertThat(new Reading(1, 26_000_000, 90_000_000, 60, 30, 2, 1).leaksSince(BEFORE, 10))
                .extracting(leak -> leak.replaceAll("a leak: \\d+ (.*) on an idle.*", "$1"))
                .containsExactly(
                        "calls", "frames lent", "bytes of heap", "bytes of direct memory", "descriptors", "threads");
    }
}
