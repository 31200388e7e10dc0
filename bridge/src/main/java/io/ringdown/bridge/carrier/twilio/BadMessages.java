package io.ringdown.bridge.carrier.twilio;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bad messages of one call: each costs itself only, each reason is said once, and too many are abuse. Lane only. */
final class BadMessages {
    private static final Logger LOG = LoggerFactory.getLogger(BadMessages.class);
    private static final int TOLERATED = 100;
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(10);

    private final Workbench workbench;
    private final Set<BadMessage> said = EnumSet.noneOf(BadMessage.class);
    private String callSid = "-";
    private long windowBeganNs;
    private int inWindow;

    BadMessages(Workbench workbench) {
        this.workbench = workbench;
    }

    void of(String callSid) {
        this.callSid = callSid;
    }

    /** Counts one more. True when it is one too many within ten seconds. */
    boolean add(BadMessage reason) {
        workbench.count(reason);
        if (said.add(reason)) {
            LOG.warn("dropped a message of the carrier: {} call_sid={}", reason.sentence(), callSid);
        }
        long nowNs = workbench.clock().nanoTime();
        if (inWindow == 0 || nowNs - windowBeganNs > WINDOW_NS) {
            windowBeganNs = nowNs;
            inWindow = 0;
        }
        inWindow++;
        return inWindow > TOLERATED;
    }
}
