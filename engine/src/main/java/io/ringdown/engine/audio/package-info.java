/**
 * Telephone audio in pooled pieces: frames, their pool, and the queues a call keeps them in. Everything here belongs to
 * one lane and is touched by its thread only. Read {@link io.ringdown.engine.audio.Frame} first.
 */
package io.ringdown.engine.audio;
