/**
 * Whole calls in virtual time: a real lane and call machine between a scripted telephone and a scripted model, a million
 * calls a build. One thread. Read {@code ScriptWriter} for what can happen, {@code Oracle} for what must hold whatever
 * happens, {@code World} for how time passes.
 */
package io.ringdown.engine.simulation;
