/**
 * The far side of the carrier leg: phone calls that behave like Twilio's, for demo, tests and load.
 *
 * <p>Each call lives on one event loop of the carrier for life; its observations are written there and may be read by any
 * thread. Nothing here knows the bridge or the engine. Read {@link io.ringdown.bridge.simulator.carrier.CallPlan} first,
 * then {@link io.ringdown.bridge.simulator.carrier.CarrierCall}, then {@code CallerStream}, which is the live call.
 *
 * <pre>
 *   CallPlan → SimulatedCarrier.place → CallSetup (webhook, TwiML, upgrade) → CallerStream ⇄ the bridge
 *                                                 MediaFeed, UplinkMessages: caller → bridge
 *                                                 ServerMessage, Playout, MarkEchoes: bridge → caller
 * </pre>
 */
package io.ringdown.bridge.simulator.carrier;
