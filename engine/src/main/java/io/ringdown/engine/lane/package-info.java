/**
 * One thread, its duty cycle, its timers, and the calls pinned to it. Only {@link io.ringdown.engine.lane.Lane} reads a
 * clock. Read it first.
 */
package io.ringdown.engine.lane;
