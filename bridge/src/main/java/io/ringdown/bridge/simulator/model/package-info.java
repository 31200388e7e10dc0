/**
 * The far side of the model leg: an OpenAI Realtime server that behaves like the real one, for demo, tests and load.
 *
 * <p>One event loop drives every connection; a session's parts are touched by its loop only. What other threads may use is
 * {@link io.ringdown.bridge.simulator.model.SimulatedModel}, the hooks of
 * {@link io.ringdown.bridge.simulator.model.ModelSession} and the thread-safe
 * {@link io.ringdown.bridge.simulator.model.SessionRecord}. Nothing here knows the bridge or the engine. Read
 * {@link io.ringdown.bridge.simulator.model.ModelScript} first, then {@code ModelSession}.
 */
package io.ringdown.bridge.simulator.model;
