/**
 * The carrier's REST API, as far as a bridge uses it to end calls, with its answers as a test wants them.
 *
 * <p>One event loop answers all requests; any thread may script it and read what it was asked. Read
 * {@link io.ringdown.bridge.simulator.carrier.rest.SimulatedRest} first.
 */
package io.ringdown.bridge.simulator.carrier.rest;
