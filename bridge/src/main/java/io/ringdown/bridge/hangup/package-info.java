/**
 * Ending calls through the carrier's REST API, always off the lanes: a lane only hands a hangup over. Requests run on the
 * threads of the JDK's HTTP client, retries are timed by an executor that the caller owns. Start at {@code TwilioCalls}.
 */
package io.ringdown.bridge.hangup;
