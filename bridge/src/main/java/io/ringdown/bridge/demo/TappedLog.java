package io.ringdown.bridge.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * the lane that wrote them: each server of the demo has one lane, and one call. Written by the thread of the log, read by any.
 */
final class TappedLog implements AutoCloseable {
    private static final String LOGGER = "ringdown.call";
    private static final String LAST = "[HANGUP] executed";
    private static final long LAST_LINE_WAIT_NS = TimeUnit.SECONDS.toNanos(2);

    /** {@code atNs} is a {@link System#nanoTime()}. */
    record Line(long thread, long atNs, String text) {}

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final List<Line> lines = new ArrayList<>();
    private final long nanosAheadOfEpoch = System.nanoTime() - System.currentTimeMillis() * 1_000_000;

    private TappedLog() {}

    /** Takes the lines of all calls until it is closed, and leaves to the console what is wrong. */
    static TappedLog tap() {
        TappedLog tap = new TappedLog();
        Configuration configuration = tap.context.getConfiguration();
        LoggerConfig logger = new LoggerConfig(LOGGER, Level.DEBUG, false);
        Appender appender = tap.new Appender();
        appender.start();
        logger.addAppender(appender, Level.DEBUG, null);
        configuration.removeLogger(LOGGER);
        configuration.addLogger(LOGGER, logger);
        configuration.getRootLogger().setLevel(Level.WARN);
        tap.context.updateLoggers();
        return tap;
    }

    /** The log goes where its configuration says again. */
    @Override
    public void close() {
        context.reconfigure();
    }

    private final class Appender extends AbstractAppender {
        Appender() {
            super("demo", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            long epochNs = event.getInstant().getEpochSecond() * 1_000_000_000
                    + event.getInstant().getNanoOfSecond();
            String thrown = event.getThrown() == null ? "" : ": " + event.getThrown();
            String text = event.getMessage().getFormattedMessage() + thrown;
            add(new Line(event.getThreadId(), epochNs + nanosAheadOfEpoch, text));
        }
    }

    private synchronized void add(Line line) {
        lines.add(line);
        notifyAll();
    }

    /** The same, once the call's last line is there, if it comes: loggers hand over to a thread of their own. */
    synchronized List<Line> awaitEndOf(String callSid) throws InterruptedException {
        long deadlineNs = System.nanoTime() + LAST_LINE_WAIT_NS;
        List<Line> own = of(callSid);
        for (long leftNs = LAST_LINE_WAIT_NS; leftNs > 0 && !isComplete(own); leftNs = deadlineNs - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            own = of(callSid);
        }
        return own;
    }

    private static boolean isComplete(List<Line> own) {
        return own.stream().anyMatch(line -> line.text().contains(LAST));
    }

    /** The lines of the lane that served {@code callSid}. */
    private List<Line> of(String callSid) {
        return lines.stream()
                .filter(line -> line.text().contains(callSid))
                .findFirst()
                .map(named -> lines.stream()
                        .filter(line -> line.thread() == named.thread())
                        .toList())
                .orElse(List.of());
    }
}
