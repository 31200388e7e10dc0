/**
 * A whole bridge among simulated neighbours, in one process: the seed's scenarios for everyone to see. Read
 * {@link io.ringdown.bridge.demo.Testbed} first.
 */
package io.ringdown.bridge.demo;
