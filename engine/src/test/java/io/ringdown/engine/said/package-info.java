/** What the engine says in its log, for tests that must know it. */
package io.ringdown.engine.said;
