package io.ringdown.bridge.demo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * The lines that calls leave in the log, kept for the timelines. Not every line names its call, so they are told apart by
 * the lane that wrote them: each server of the demo has one lane, and one call.
 */
final class TappedLog extends AbstractAppender {
    private static final String LOGGER = "ringdown.call";
    private static final int LOOKS = 100;
    private static final int LOOK_MS = 10;

    /** {@code atNs} is a {@link System#nanoTime()}. */
    record Line(long thread, long atNs, String text) {}

    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();
    private final long nanosAheadOfEpoch;

    private TappedLog() {
        super("demo", null, null, true, Property.EMPTY_ARRAY);
        nanosAheadOfEpoch = System.nanoTime() - System.currentTimeMillis() * 1_000_000;
    }

    /** Takes the lines of all calls from now on, and keeps them from the console. */
    static TappedLog tap() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        TappedLog tap = new TappedLog();
        tap.start();
        LoggerConfig logger = new LoggerConfig(LOGGER, Level.DEBUG, false);
        logger.addAppender(tap, Level.DEBUG, null);
        configuration.removeLogger(LOGGER);
        configuration.addLogger(LOGGER, logger);
        context.updateLoggers();
        return tap;
    }

    @Override
    public void append(LogEvent event) {
        long epochNs = event.getInstant().getEpochSecond() * 1_000_000_000
                + event.getInstant().getNanoOfSecond();
        lines.add(new Line(
                event.getThreadId(),
                epochNs + nanosAheadOfEpoch,
                event.getMessage().getFormattedMessage()));
    }

    /** The same, once the call's last line is there: loggers hand over to a thread of their own. */
    List<Line> awaitEndOf(String callSid) throws InterruptedException {
        String last = "[HANGUP] executed";
        for (int i = 0;
                i < LOOKS && of(callSid).stream().noneMatch(line -> line.text().contains(last));
                i++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return of(callSid);
    }

    /** The lines of the lane that served {@code callSid}. */
    private List<Line> of(String callSid) {
        Map<Long, List<Line>> byLane = lines.stream().collect(Collectors.groupingBy(Line::thread));
        return byLane.values().stream()
                .filter(lane -> lane.stream().anyMatch(line -> line.text().contains(callSid)))
                .findFirst()
                .orElse(List.of());
    }
}
