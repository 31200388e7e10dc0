/**
 * A phone call, from Twilio to OpenAI Realtime and back. {@link io.ringdown.bridge.Ringdown} is the command line;
 * {@code server.Server} is the wiring diagram, and the class to read first.
 */
package io.ringdown.bridge;
