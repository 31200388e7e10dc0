package io.ringdown.bridge.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many file descriptors this process may have, and how many its calls need. For the check before the start. */
public final class OpenFiles {
    private static final int PER_CALL = 2; // the carrier's socket and the model's
    private static final int PER_LANE = 6; // two selectors of three each
    private static final int MARGIN = 256; // jars, journal, REST, operations, connections that become no call

    private OpenFiles() {}

    /** The soft limit of this process; {@code Long.MAX_VALUE} where there is none, or none is told. */
    public static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        && unix.getMaxFileDescriptorCount() > 0
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** What {@code calls} at once on {@code lanes} need, everything else included. */
    public static long neededFor(int calls, int lanes) {
        return (long) PER_CALL * calls + (long) PER_LANE * lanes + MARGIN;
    }
}
