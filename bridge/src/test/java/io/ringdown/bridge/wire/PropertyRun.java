package io.ringdown.bridge.wire;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a property from within a test, so that the same property may also be seen to fail. */
public final class PropertyRun {
    private PropertyRun() {}

    /** What the one property of {@code check} found wrong, if anything. */
    public static Optional<Throwable> failure(Class<? extends SameMeaning> check) {
        TestExecutionResult result =
                EngineTestKit.engine("jqwik").selectors(selectClass(check)).execute().testEvents().finished().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                        .findFirst()
                        .orElseThrow();
        return result.getThrowable();
    }
}
