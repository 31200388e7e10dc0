package io.ringdown.engine.call;

/** How the end of the caller's listening was known. The names are those of the log. */
public enum Drain {
    /** The carrier echoed the mark behind the last sample. */
    MARK,
    /** The queues were empty, which is as far as the policy {@code queues} looks. */
    QUEUES,
    /** A bounded wait ran out. */
    TIMEOUT;

    private final String logName = name().toLowerCase(java.util.Locale.ROOT);

    public String logName() {
        return logName;
    }
}
