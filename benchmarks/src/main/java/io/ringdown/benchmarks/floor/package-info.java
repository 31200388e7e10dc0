/**
 * The naive floor: how cheap a bridge could be that does nothing but relay. One event loop, and no ring, no marks, no call.
 * Read {@code NaiveFloor} first. Density is given as a ratio to it.
 */
package io.ringdown.benchmarks.floor;
