package io.ringdown.bridge.load.steady;

/**
 * What a process cost.
 *
 * @param idle before the first call
 * @param begin when the window opened
 * @param end when it closed
 */
record Cost(ProcessSample idle, ProcessSample begin, ProcessSample end) {
    ProcessSample inWindow() {
        return end.since(begin);
    }
}
