package io.ringdown.stress.broken;

import io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/** Looks whether the token was used, and remembers it afterwards. */
public final class LookThenAddTokens implements Function<String, Redemption> {
    private final Set<String> used = new ConcurrentSkipListSet<>();

    @Override
    public Redemption apply(String token) {
        if (used.contains(token)) {
            return Redemption.REPLAYED;
        }
        used.add(token);
        return Redemption.ACCEPTED;
    }
}
