package io.ringdown.bridge.load.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server holds at one moment.
 *
 * @param heapBytes behind a collection
 * @param directBytes the JDK's, and Netty's, which may or may not be among them
 * @param framesLent frames of audio that wait or are on their way
 */
record Reading(int live, long heapBytes, long directBytes, int descriptors, int threads, int framesLent, long rssKib) {
    static final String HEADINGS = " live  heap MiB  direct MiB  RSS MiB  descriptors  threads  frames lent";

    private static final double MIB = 1024 * 1024;
    private static final double KIB_PER_MIB = 1024;

    /** Idle twice, a server may hold this much more the second time: pools that saw a worse moment, and threads that rest. */
    private static final long HEAP_SLACK_BYTES = 4L * 1024 * 1024;

    private static final long HEAP_SLACK_BYTES_PER_CALL = 64 * 1024;
    private static final long DIRECT_SLACK_BYTES = 16L * 1024 * 1024;
    private static final int DESCRIPTORS_SLACK = 8;
    private static final int THREADS_SLACK = 4;

    static Reading of(Scrape scrape, long rssKib) {
        return new Reading(
                (int) scrape.sum("ringdown_calls_live"),
                (long) scrape.sum("jvm_memory_used_bytes", "area=\"heap\""),
                (long) (scrape.sum("jvm_buffer_memory_used_bytes", "id=\"direct\"")
                        + scrape.sum("netty_allocator_memory_used", "memory_type=\"direct\"")),
                (int) scrape.sum("process_files_open_files"),
                (int) scrape.sum("jvm_threads_live_threads"),
                (int) scrape.sum("ringdown_lane_frames_lent"),
                rssKib);
    }

    boolean isIdle() {
        return live == 0 && framesLent == 0;
    }

    /** What an idle server holds that it did not hold at {@code before}, one sentence each; {@code calls} lived at a time. */
    List<String> leaksSince(Reading before, int calls) {
        List<String> leaks = new ArrayList<>();
        leak(leaks, "calls", 0, live, 0);
        leak(leaks, "frames lent", 0, framesLent, 0);
        leak(leaks, "bytes of heap", before.heapBytes, heapBytes, HEAP_SLACK_BYTES + calls * HEAP_SLACK_BYTES_PER_CALL);
        leak(leaks, "bytes of direct memory", before.directBytes, directBytes, DIRECT_SLACK_BYTES);
        leak(leaks, "descriptors", before.descriptors, descriptors, DESCRIPTORS_SLACK);
        leak(leaks, "threads", before.threads, threads, THREADS_SLACK);
        return leaks;
    }

    private static void leak(List<String> leaks, String what, long before, long after, long slack) {
        if (after > before + slack) {
            leaks.add("a leak: " + after + " " + what + " on an idle server, " + before + " before, " + slack
                    + " more allowed");
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%5d %9.1f %11.1f %8.0f %12d %8d %12d",
                live,
                heapBytes / MIB,
                directBytes / MIB,
                rssKib / KIB_PER_MIB,
                descriptors,
                threads,
                framesLent);
    }
}
