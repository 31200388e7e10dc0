package io.ringdown.bridge.settings;

/**
 * A credential that does not show itself: its {@code toString} is masked, so it may sit in a record that is logged.
 *
 * @param value the credential itself; visible ASCII, so it may be sent in a header
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
