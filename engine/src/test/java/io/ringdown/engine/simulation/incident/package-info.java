/**
 * The incidents of the system that Ringdown replaces, put back into a copy of the engine, to see the simulation find each.
 * One thread. Read {@code Incident} first.
 */
package io.ringdown.engine.simulation.incident;
