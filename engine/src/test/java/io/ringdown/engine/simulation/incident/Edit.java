package io.ringdown.engine.simulation.incident;

/**
 * One change to a source file of the engine.
 *
 * @param file below the engine's package, without {@code .java}
 * @param from occurs once in it
 * @param to stands there instead
 */
record Edit(String file, String from, String to) {
    /** The method whose {@code signature} that is, up to its brace, does {@code first} first. */
    static Edit atStartOf(String file, String signature, String first) {
        return new Edit(file, signature, signature + ' ' + first);
    }

    String className() {
        return "io.ringdown.engine." + file.replace('/', '.');
    }

    String path() {
        return "io/ringdown/engine/" + file + ".java";
    }

    /** Throws if the engine has changed so that the edit does not fit any more. */
    String in(String source) {
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new AssertionError("the engine changed, put the incident back otherwise: " + path() + ": " + from);
        }
        return source.substring(0, at) + to + source.substring(at + from.length());
    }
}
