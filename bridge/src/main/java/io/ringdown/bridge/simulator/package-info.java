/**
 * The neighbours of a bridge: a carrier with its REST API, and a model, which speak the real protocols over real sockets and
 * behave like the real ones. They know nothing of the bridge.
 */
package io.ringdown.bridge.simulator;
