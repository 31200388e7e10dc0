package io.ringdown.bridge.operations.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The lines of one logger, which come from a thread of the log. */
public final class HeardLog extends AbstractAppender implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public HeardLog(String name) {
        super("heard", null, null, true, Property.EMPTY_ARRAY);
        logger = ((LoggerContext) LogManager.getContext(false)).getLogger(name);
        start();
        logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage());
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
    }
}
