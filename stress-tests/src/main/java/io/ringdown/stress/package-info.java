/**
 * Promises about memory that threads share, one class a promise, with at most two actors and an arbiter: three actors are not
 * run on two cores. Three threads are Lincheck's, in this module's tests. Each test is run with what is ours, and again with
 * a broken twin ({@link io.ringdown.stress.broken}) that it must catch. {@code mvn verify} runs them all for a moment;
 * {@code java -jar stress-tests/target/stress-tests.jar} for as long as is wanted.
 *
 * <p>Not here, because no two threads share them: {@code OutQueue}, {@code TxQueue}, {@code HeldAudio} and the frame pools of
 * {@code io.ringdown.engine.audio}. They are Agrona's queues with one thread, the lane's, at both ends; that {@code tx} is
 * never empty with a frame in hand, and that no frame is lost or owned twice, is held by {@code QueuesTest},
 * {@code FramePoolTest} and every simulated call's end.
 */
package io.ringdown.stress;
