/**
 * Promises about memory that threads share, one class a promise, with at most two actors and an arbiter: three actors are not
 * run on two cores. {@code mvn verify} runs them all for a moment; {@code java -jar stress-tests/target/stress-tests.jar}
 * for as long as is wanted.
 */
package io.ringdown.stress;
