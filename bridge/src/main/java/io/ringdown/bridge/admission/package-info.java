/**
 * Who is let in, and where each call is. Shared by all threads, lock-free, and off the audio path. Read
 * {@link io.ringdown.bridge.admission.Admission} first.
 */
package io.ringdown.bridge.admission;
