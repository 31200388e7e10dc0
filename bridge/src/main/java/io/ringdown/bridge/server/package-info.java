/** One running server: how its parts are wired, what each call begins with, how it starts and stops. */
package io.ringdown.bridge.server;
