package io.ringdown.stress;

import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Hangups;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/** Executes hangups, and says how many it did. */
public interface HangupWorker extends Hangups {
    long executed();

    /** Our executor, on whatever thread offers: one worker is less than what it stands. */
    record Ours(HangupExecutor hangups, AtomicLong reports) implements HangupWorker {
        private static final ScheduledThreadPoolExecutor OFFERING_THREAD = new ScheduledThreadPoolExecutor(0) {
            @Override
            public void execute(Runnable task) {
                task.run();
            }
        };

        public Ours() {
            this(new AtomicLong());
        }

        private Ours(AtomicLong reports) {
            this(
                    new HangupExecutor(Optional.empty(), OFFERING_THREAD, (call, report) -> reports.incrementAndGet()),
                    reports);
        }

        @Override
        public boolean offer(HangupCommand command) {
            return hangups.offer(command);
        }

        @Override
        public long executed() {
            return reports.get();
        }
    }
}
