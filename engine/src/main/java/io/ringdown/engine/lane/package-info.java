/**
 * One thread, its duty cycle, its timers, and the calls pinned to it. Only {@link io.ringdown.engine.lane.Lane} reads a
 * clock. Read it first.
 *
 * <pre>
 * downlink   ModelLeg ─ claim, publish ─► EventRing ─ Lane.drainRing ─► Call.on ─► CallMachine.on
 *            ─ queueAudio ─► OutQueue ─ ModelAudio.stage ─► TxQueue ─ ModelAudio.send ─► CarrierLeg
 * uplink     CarrierLeg ─ claim, publish ─► EventRing ─ Lane.drainRing ─► Call.on ─► CallMachine.on
 *            ─ forwardCallerAudio ─► CallerAudio ─► ModelLeg
 * </pre>
 */
package io.ringdown.engine.lane;
