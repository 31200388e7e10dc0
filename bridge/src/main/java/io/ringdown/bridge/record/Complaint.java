package io.ringdown.bridge.record;

import org.slf4j.Logger;

/** A trouble that may last: said when it begins and when it is over, not each time it is met. One thread. */
final class Complaint {
    private final Logger log;
    private boolean standing;

    Complaint(Logger log) {
        this.log = log;
    }

    void about(String trouble) {
        if (!standing) {
            standing = true;
            log.error("{}", trouble);
        }
    }

    void settled(String relief) {
        if (standing) {
            standing = false;
            log.info("{}", relief);
        }
    }
}
