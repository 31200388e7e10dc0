package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.LateLane;
import io.ringdown.bridge.carrier.twilio.Workbench;
import io.ringdown.bridge.net.LaneThread;
import io.ringdown.bridge.net.TlsEntry;
import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.lane.Lane;
import java.util.Optional;

/**
 * A lane of a running server, with what was made for it alone.
 *
 * @param tls empty when the carrier's port is plain
 * @param journal empty when none is kept
 */
record RunningLane(
        Lane lane,
        LaneThread thread,
        LateLane late,
        Workbench workbench,
        Optional<TlsEntry> tls,
        Optional<LaneJournal> journal) {

    String name() {
        return lane.roleName();
    }
}
