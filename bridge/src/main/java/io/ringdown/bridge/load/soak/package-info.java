/**
 * Calls that come and go for a long time while things break around the server, and the question what is left of it behind them:
 * {@code benchmarks/soak}. Read {@link io.ringdown.bridge.load.soak.Soak} first.
 */
package io.ringdown.bridge.load.soak;
