package io.ringdown.bridge.operations.api;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.admission.DrainProgress;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.lane.Lane;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What of a server operators may look at and move.
 *
 * @param ended is told of every call that is over
 * @param drain begins the drain, and is false when it had begun before; called on the operations thread, must not block
 * @param drained how far a drain has come, if one has begun; any thread
 * @param timelines the timeline of a call as JSON, if there is one; may block, never called on a lane
 * @param records the record of a call that ended, as JSON, if there is one; may block, never called on a lane
 * @param audit where operators' actions are written
 */
public record Controls(
        Admission admission,
        CallRegistry registry,
        HangupExecutor hangups,
        List<Lane> lanes,
        EndedCalls ended,
        BooleanSupplier drain,
        Supplier<Optional<DrainProgress>> drained,
        Function<String, Optional<String>> timelines,
        Function<String, Optional<String>> records,
        AuditLog audit) {

    ServerView server() {
        return ServerView.now(admission, drained.get());
    }
}
