package io.ringdown.bridge.hangup;

/**
 * One request to the carrier's API, and its answer. Immutable.
 *
 * @param sentNs and
 * @param answeredNs by the clock of {@link System#nanoTime}
 * @param status of HTTP; 0 when there was no answer
 * @param twilioCode Twilio's own error code in the answer; 0 when it had none
 * @param failure why there was no answer; empty when there was one
 */
public record RestTry(long sentNs, long answeredNs, int status, int twilioCode, String failure) {}
