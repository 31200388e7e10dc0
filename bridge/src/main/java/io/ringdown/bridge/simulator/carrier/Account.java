package io.ringdown.bridge.simulator.carrier;

import java.util.Objects;

/** The carrier account that owns the calls; {@code authToken} signs webhooks and upgrades, null leaves them unsigned. */
public record Account(String sid, String authToken) {
    public Account {
        Objects.requireNonNull(sid, "sid");
    }

    public static Account unsigned(String sid) {
        return new Account(sid, null);
    }

    public boolean signs() {
        return authToken != null;
    }

    /** Without the token: this ends in logs and test reports. */
    @Override
    public String toString() {
        return "Account[" + sid + "]";
    }
}
