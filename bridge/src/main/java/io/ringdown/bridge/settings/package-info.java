/**
 * What an operator can set: {@code ringdown.yaml}, under environment variables, under command-line flags.
 * Read once at the start, by one thread; what comes out is immutable and may be shared.
 * {@code Keys} is the table that everything else follows; read it first, then {@code SettingsReader}.
 */
package io.ringdown.bridge.settings;
