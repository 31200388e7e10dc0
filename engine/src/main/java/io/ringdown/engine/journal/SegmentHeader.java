package io.ringdown.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What a segment says of itself: who writes it, what its clock means, and the names of all constants in it, so that another
 * version can read it.
 *
 * @param epochMs the wall clock when the lanes' clock said {@code nanoTime}
 */
record SegmentHeader(
        SegmentName.Run run,
        String lane,
        int sequence,
        long epochMs,
        long nanoTime,
        boolean redacted,
        Vocabulary words) {
    private static final int TEXT = 20;
    private static final int ALIGNMENT = 64;
    private static final int MAX_BYTES = 64 * 1_024;

    SegmentHeader(SegmentName.Run run, String lane, int sequence, long epochMs, long nanoTime, boolean redacted) {
        this(run, lane, sequence, epochMs, nanoTime, redacted, Vocabulary.own());
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        line(text, "started_ms", run.startedMs());
        line(text, "pid", run.pid());
        line(text, "lane", lane);
        line(text, "sequence", sequence);
        line(text, "epoch_ms", epochMs);
        line(text, "nano_time", nanoTime);
        line(text, "redacted", redacted);
        words.names().forEach((type, names) -> line(text, type, String.join(",", names)));
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(TEXT + utf8.length + ALIGNMENT - 1 & -ALIGNMENT)
                .order(Layout.ORDER);
        bytes.putLong(Layout.MAGIC)
                .putInt(Layout.VERSION)
                .putInt(utf8.length)
                .putInt(checksum(utf8))
                .put(utf8);
        return bytes.array();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private static int checksum(byte[] text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text, 0, text.length);
        return (int) checksum.getValue();
    }

    /** Whether it is only being made. */
    static boolean isUnwritten(ByteBuffer segment) {
        return segment.limit() < TEXT || segment.getLong(0) == 0;
    }

    /** Where the first block of {@code segment} is. */
    static int length(ByteBuffer segment) {
        return TEXT + segment.getInt(12) + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /**
     * @throws Damage if that is no header, or of another version
     */
    static SegmentHeader read(ByteBuffer segment) throws Damage {
        if (segment.limit() < TEXT || segment.getLong(0) != Layout.MAGIC) {
            throw new Damage(0, "no header");
        }
        if (segment.getInt(8) != Layout.VERSION) {
            throw new Damage(8, "written in version " + segment.getInt(8) + ", this reads " + Layout.VERSION);
        }
        int length = segment.getInt(12);
        if (length < 0 || length > MAX_BYTES || length > segment.limit() - TEXT) {
            throw new Damage(12, "a header of " + length + " bytes");
        }
        byte[] text = new byte[length];
        segment.get(TEXT, text);
        if (checksum(text) != segment.getInt(16)) {
            throw new Damage(16, "the header's checksum is wrong");
        }
        return parse(new String(text, StandardCharsets.UTF_8));
    }

    /** @throws IOException if the file has none that can be read */
    static SegmentHeader of(Path segment) throws IOException {
        try {
            return read(ByteBuffer.wrap(Files.readAllBytes(segment)).order(Layout.ORDER));
        } catch (Damage damage) {
            throw new IOException(segment + ": " + damage.getMessage(), damage);
        }
    }

    private static SegmentHeader parse(String text) throws Damage {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, equals), line.substring(equals + 1));
        });
        try {
            return new SegmentHeader(
                    new SegmentName.Run(Long.parseLong(lines.get("started_ms")), Long.parseLong(lines.get("pid"))),
                    lines.get("lane"),
                    Integer.parseInt(lines.get("sequence")),
                    Long.parseLong(lines.get("epoch_ms")),
                    Long.parseLong(lines.get("nano_time")),
                    Boolean.parseBoolean(lines.get("redacted")),
                    Vocabulary.of(lines));
        } catch (NumberFormatException e) {
            throw new Damage(TEXT, "a header without its numbers: " + e.getMessage());
        }
    }
}
