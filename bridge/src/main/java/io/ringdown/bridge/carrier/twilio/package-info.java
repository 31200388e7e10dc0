/**
 * The caller's side: what Twilio sends us and what we answer.
 * What is here for authentication and answers is immutable or lock-free, and any thread may use it: {@code TwilioSignature}
 * tells that Twilio is speaking, {@code StreamTokens} of which call, {@code TwiMl} is how a webhook is answered.
 */
package io.ringdown.bridge.carrier.twilio;
