package io.ringdown.bridge.simulator.carrier;

/** What happens to a mark that is due: how many times it is echoed ({@code 0}: lost), and how late. */
public record Echo(int copies, long delayMs) {
    public static final Echo PROMPT = new Echo(1, 0);
    public static final Echo LOST = new Echo(0, 0);
    public static final Echo TWICE = new Echo(2, 0);

    /** On a loaded or distant network; for a cleared mark, a stale echo that comes among those of the next generation. */
    public static Echo late(long delayMs) {
        return new Echo(1, delayMs);
    }

    /** A mark whose audio was heard, or that a clear threw out; {@code ordinal} counts the call's marks from 0. */
    public record Due(String name, int ordinal, boolean cleared) {}
}
