/**
 * Many calls that stand side by side for a while, and what carrying them costs a bridge. All sockets, ours and theirs, are
 * driven by one event loop, which alone touches calls, talkers and the window; one other thread places the calls and asks.
 * Read {@link io.ringdown.bridge.load.steady.SteadyRun} first.
 */
package io.ringdown.bridge.load.steady;
