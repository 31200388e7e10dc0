/** What a reasonable engineer could have written instead, and what every stress test must catch. Not used outside of it. */
package io.ringdown.stress.broken;
