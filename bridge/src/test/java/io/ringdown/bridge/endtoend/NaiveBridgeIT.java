package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.simulator.model.ModelScript;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The negative control: each promise of {@link FieldIssues} is broken by a bridge that does what others do. */
class NaiveBridgeIT {
    @TestFactory
    Stream<DynamicTest> shouldBeCaughtBy() {
        return Arrays.stream(FieldIssues.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> assertCaught(method)));
    }

    private static void assertCaught(Method promise) {
        FieldIssues naive = new FieldIssues() {
            @Override
            Stage stage(ModelScript script) throws Exception {
                return Stage.naive(script);
            }
        };
        assertThatThrownBy(() -> invoke(promise, naive))
                .isInstanceOfAny(AssertionError.class, ConditionTimeoutException.class);
    }

    private static void invoke(Method promise, FieldIssues bridge) throws Throwable {
        try {
            promise.invoke(bridge);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
