/**
 * What operators see of live calls and may do to them, as JSON and as server-sent events. All of it runs on the operations
 * thread, but what is said otherwise; lanes are asked for censusTaker and never read. Read
 * {@link io.ringdown.bridge.operations.api.CallsApi} first.
 */
package io.ringdown.bridge.operations.api;
