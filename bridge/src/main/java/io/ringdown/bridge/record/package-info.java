/**
 * What is left of a call when it is over: one JSON document, kept by day and posted to a webhook. Lanes and the hangup
 * worker only hand over; all else, files included, happens on one thread of its own. Read {@link CallRecords} first.
 */
package io.ringdown.bridge.record;
