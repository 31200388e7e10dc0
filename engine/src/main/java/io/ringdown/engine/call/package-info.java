/**
 * What a call is: a deterministic machine, {@code (event, nowNs) → commands}, with its turn table, playout clock, polite
 * hangup and latch. No clock, no I/O, no threads; only {@link io.ringdown.engine.call.HangupLatch} is shared. Read
 * {@link io.ringdown.engine.call.CallMachine} first.
 */
package io.ringdown.engine.call;
