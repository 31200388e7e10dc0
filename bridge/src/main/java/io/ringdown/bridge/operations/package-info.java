/**
 * What operators and their machines look at: health and metrics, on an address of its own and a thread of its own, so that
 * a slow reader never meets a lane. Read {@link io.ringdown.bridge.operations.OperationsServer} first.
 */
package io.ringdown.bridge.operations;
