/** The commands. Each reads its flags, calls one thing, and turns what came of it into lines and an exit code. */
package io.ringdown.bridge.cli;
