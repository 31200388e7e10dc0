package io.ringdown.bridge.load.steady;

import java.io.IOException;
import java.util.Optional;

/** Reads a process three times: when made, when the window opens, when it closes. Without a process it reads nothing. */
final class Meter {
    private final Optional<Long> pid;
    private final ProcessSample idle;
    private ProcessSample begin;
    private ProcessSample end;

    Meter(Optional<Long> pid) throws IOException {
        this.pid = pid;
        idle = sample();
    }

    void begin() throws IOException {
        begin = sample();
    }

    void end() throws IOException {
        end = sample();
    }

    private ProcessSample sample() throws IOException {
        return pid.isPresent() ? ProcessSample.of(pid.get()) : null;
    }

    Optional<Cost> cost() {
        return pid.isPresent() ? Optional.of(new Cost(idle, begin, end)) : Optional.empty();
    }
}
