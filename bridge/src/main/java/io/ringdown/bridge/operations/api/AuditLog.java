package io.ringdown.bridge.operations.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringdown.bridge.net.Tally;
import io.ringdown.bridge.record.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, when, and what came of it: a line of the log, and a line of a file that only we can read. Any thread, but where
 * it says otherwise.
 */
public final class AuditLog {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Operator SIGNAL = new Operator("signal", "local");

    /** Operators search for it, and may send it elsewhere by its name. */
    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private static final long REFUSALS_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final Optional<Path> file;
    private final Tally refusals;
    private final Tally refusedReadings;

    /** @param file is made when there is something to write; empty: the log is all there is */
    public AuditLog(Optional<Path> file) {
        this(file, SystemNanoClock.INSTANCE);
    }

    AuditLog(Optional<Path> file, NanoClock clock) {
        this.file = file;
        refusals = new Tally(REFUSALS_PERIOD_NS, clock);
        refusedReadings = new Tally(REFUSALS_PERIOD_NS, clock);
    }

    /**
     * Something an operator did.
     *
     * @param callSid of the call it was done to, or null
     * @param polite how the call was to be ended, or null
     * @param by as {@link Operator#by}
     * @param from as {@link Operator#from}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Action(String at, String action, String callSid, Boolean polite, String result, String by, String from) {
        static Action now(String action, String callSid, Boolean polite, String result, Operator who) {
            return new Action(
                    Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                    action,
                    callSid,
                    polite,
                    result,
                    who.by(),
                    who.from());
        }

        private String line() {
            return "[OPERATOR] action=" + action
                    + (callSid == null ? "" : " call_sid=" + callSid)
                    + (polite == null ? "" : " polite=" + polite)
                    + " result=" + result + " by=" + by + " from=" + from;
        }
    }

    /**
     * Somebody asked who may not: in the log only, and one of them a second, since anybody could fill the file, and a
     * full log drops lines. A scraper that was never told the token hides nobody who wanted to act. The operations thread.
     *
     * @param acting whether it was more than a question
     */
    void refused(String action, boolean acting, String because, Operator who) {
        long times = (acting ? refusals : refusedReadings).count();
        if (times > 0) {
            LOG.warn("{} times={}", Action.now(action, null, null, because, who).line(), times);
        }
    }

    /** What a signal did, written before this returns. Who sent it, the system does not say. */
    public void signalled(String action, String result) {
        write(Action.now(action, null, null, result, SIGNAL), Runnable::run);
    }

    /** @param worker writes the file */
    void write(Action action, Executor worker) {
        LOG.info(action.line());
        if (file.isPresent()) {
            try {
                worker.execute(() -> append(file.get(), action));
            } catch (RejectedExecutionException full) {
                LOG.warn("not written to {}: {}", file.get(), action.line());
            }
        }
    }

    private static void append(Path file, Action action) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent(), OWNER_ONLY);
            PrivateFiles.appendLine(file, Json.of(action).getBytes(UTF_8));
        } catch (IOException e) {
            LOG.error("not written to {}: {}", file, action.line(), e);
        }
    }
}
