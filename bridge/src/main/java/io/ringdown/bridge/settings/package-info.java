/**
 * What an operator can set: {@code ringdown.yaml}, under environment variables, under command-line flags.
 * Read at the start, and again for the sake of the agents; what comes out is immutable and may be shared.
 * {@code Keys} is the table that everything else follows; read it first, then {@code SettingsReader}.
 */
package io.ringdown.bridge.settings;
