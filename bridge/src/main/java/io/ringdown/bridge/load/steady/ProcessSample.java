package io.ringdown.bridge.load.steady;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used since its start, and the memory it holds, as Linux tells in {@code /proc}. CPU time is counted in
 * steps of 10 ms. Any thread.
 */
record ProcessSample(long userMs, long systemMs, long rssAnonKib, long rssKib) {
    /** USER_HZ is 100 on every platform we run on. */
    private static final int MS_PER_TICK = 10;

    private static final int USER = 11; // fields of stat behind the name
    private static final int SYSTEM = 12;

    /** @throws IOException when there is no such process, or no {@code /proc} */
    static ProcessSample of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isReadable(process.resolve("stat"))) {
            throw new IOException("no process " + pid + " to be read in /proc");
        }
        return parse(Files.readString(process.resolve("stat")), Files.readString(process.resolve("status")));
    }

    static ProcessSample parse(String stat, String status) throws IOException {
        // the name, in parentheses, may hold anything, parentheses and spaces included
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        if (fields.length <= SYSTEM) {
            throw new IOException("not a /proc/<pid>/stat: " + stat);
        }
        return new ProcessSample(
                Long.parseLong(fields[USER]) * MS_PER_TICK,
                Long.parseLong(fields[SYSTEM]) * MS_PER_TICK,
                kib(status, "RssAnon:"),
                kib(status, "VmRSS:"));
    }

    /** Zero for a process that is ending: it has no memory any more. */
    private static long kib(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").trim())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** CPU used since {@code before}; the memory of now. */
    ProcessSample since(ProcessSample before) {
        return new ProcessSample(userMs - before.userMs, systemMs - before.systemMs, rssAnonKib, rssKib);
    }

    long cpuMs() {
        return userMs + systemMs;
    }
}
