package io.ringdown.bridge;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** How long every test waits for what it awaits: shared machines stand still for seconds, and whoever does not fail does not wait. */
public final class Patience implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }
}
