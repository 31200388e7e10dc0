/**
 * Sound at rest: recordings read and written, and the speech Ringdown ships. Nothing here is on a call's audio path,
 * so every method may block on a file; call them before a call needs the sound, never on a lane.
 *
 * <p>Start at {@link io.ringdown.bridge.audio.Speech}. The shipped speech is made by {@code src/main/speech/generate.sh}
 * from {@code lines.tsv}.
 */
package io.ringdown.bridge.audio;
