/** The journal in a server, and what it tells afterwards. */
package io.ringdown.bridge.journal;
