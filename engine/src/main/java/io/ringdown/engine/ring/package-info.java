/**
 * How an event is claimed, published and drained. Any thread publishes, the lane drains. Read
 * {@link io.ringdown.engine.ring.EventRing} first.
 */
package io.ringdown.engine.ring;
