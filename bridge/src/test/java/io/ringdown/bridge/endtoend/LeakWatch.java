package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Tracks every buffer of this process. Netty tells of lost ones in its log, once they are collected. */
final class LeakWatch implements AutoCloseable {
    private static final String CANARY = "a canary of ours";

    private final Logger log = (Logger) LogManager.getLogger(ResourceLeakDetector.class);
    private final Level before = ResourceLeakDetector.getLevel();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Reports appender = new Reports(reports);

    private LeakWatch() {}

    static LeakWatch begin() {
        LeakWatch watch = new LeakWatch();
        watch.appender.start();
        watch.log.addAppender(watch.appender);
        watch.log.setAdditive(false); // the canary need not be told to anybody
        ResourceLeakDetector.setLevel(Level.PARANOID);
        return watch;
    }

    /** Loses a buffer on purpose: when that one is reported, whatever was lost before it has been too. */
    void assertNone() {
        loseOne();
        await("the canary").atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer(1).release(); // reports are made when something is allocated
            return reports.stream().anyMatch(report -> report.contains(CANARY));
        });
        assertThat(reports).allMatch(report -> report.contains(CANARY));
    }

    private static void loseOne() {
        ByteBufAllocator.DEFAULT.buffer(1).touch(CANARY);
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(before);
        log.removeAppender(appender);
        log.setAdditive(true);
    }

    private static final class Reports extends AbstractAppender {
        private final List<String> reports;

        Reports(List<String> reports) {
            super("leaks", null, null, true, Property.EMPTY_ARRAY);
            this.reports = reports;
        }

        @Override
        public void append(LogEvent event) {
            String report = event.getMessage().getFormattedMessage();
            if (report.startsWith("LEAK:")) {
                reports.add(report);
            }
        }
    }
}
