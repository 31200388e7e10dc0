package io.ringdown.engine.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment's file.
 *
 * @param run the process that writes it
 * @param sequence from 1, in the order in which the lane fills them
 */
record SegmentName(Run run, String lane, int sequence) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,9})-(.{1,64})-(\\d{8})\\.segment");

    /** A process, told by when it began and its number. */
    record Run(long startedMs, long pid) {}

    String fileName() {
        return "%d-%d-%s-%08d.segment".formatted(run.startedMs(), run.pid(), lane, sequence);
    }

    /** Empty for a file that is no segment. */
    static Optional<SegmentName> of(String fileName) {
        Matcher matcher = FORM.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Run run = new Run(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        return Optional.of(new SegmentName(run, matcher.group(3), Integer.parseInt(matcher.group(4))));
    }
}
