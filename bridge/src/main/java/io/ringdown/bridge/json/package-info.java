/**
 * JSON and base64 without garbage, for messages as both peers really send them; whatever looks different is left to
 * Jackson. Nothing here is shared between threads. Read {@link io.ringdown.bridge.json.PlainJson} first.
 */
package io.ringdown.bridge.json;
