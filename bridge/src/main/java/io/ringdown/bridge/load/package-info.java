/**
 * Many simulated calls against a bridge, this one or another, and what became of them. Read
 * {@link io.ringdown.bridge.load.Load} first.
 */
package io.ringdown.bridge.load;
