/**
 * The stress tests' way to what the bridge's package of this name keeps to itself. The thread of a lane is an actor here.
 */
package io.ringdown.bridge.net;
