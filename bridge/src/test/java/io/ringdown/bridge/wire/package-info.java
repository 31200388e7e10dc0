/**
 * Documents as peers might write them, and the check that both decoders mean by each what Jackson means. Read
 * {@link io.ringdown.bridge.wire.SameMeaning} first.
 */
package io.ringdown.bridge.wire;
