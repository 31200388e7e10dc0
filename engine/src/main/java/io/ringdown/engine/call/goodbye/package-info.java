/**
 * Hears in a final transcript that a speaker is ending the call, or that a machine answered it.
 *
 * <p>Pure functions of text: no I/O, no clock, no state, so any thread may call them. Text goes one way: {@code Token}
 * (letters to words) → {@code Chunk} (words to phrases, by {@link io.ringdown.engine.call.goodbye.PhraseRole}) → the
 * rules of {@link io.ringdown.engine.call.goodbye.GoodbyeMatcher}, which is the file to read first. Where a transcript can be read
 * both ways the answer is "no goodbye": a call that lasts a little longer costs less than one cut short.
 */
package io.ringdown.engine.call.goodbye;
