package io.ringdown.bridge.install;

import io.ringdown.bridge.settings.Key;
import io.ringdown.bridge.settings.Settings;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that configure Ringdown, those that name a secret's file included. */
final class Variables {
    static final Set<String> READ =
            Settings.keys().stream().flatMap(Variables::of).collect(Collectors.toUnmodifiableSet());

    private Variables() {}

    private static Stream<String> of(Key<?> key) {
        return Stream.concat(key.variable().stream(), key.fileVariable().stream());
    }
}
