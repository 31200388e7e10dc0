package io.ringdown.bridge.settings;

import java.nio.file.Path;

/**
 * Where a value stood.
 *
 * @param source the file, {@code environment} or {@code command line}: what a problem line begins with
 * @param name of the key there: its path, variable or flag
 * @param shown both in short, for who asks where a value comes from: {@code ringdown.yaml:12}, {@code RINGDOWN_LANES}
 */
record Place(String source, String name, String shown) {
    private static final String ENVIRONMENT = "environment";
    private static final String COMMAND_LINE = "command line";

    static Place inFile(Path file, String path, int line) {
        return new Place(file.toString(), path, file + ":" + line);
    }

    static Place variable(String variable) {
        return new Place(ENVIRONMENT, variable, variable);
    }

    /** The variable names a file with the value in it. */
    static Place fileOfVariable(String variable, String file) {
        return new Place(ENVIRONMENT, variable, variable + " (" + file + ")");
    }

    static Place flag(String flag) {
        return new Place(COMMAND_LINE, flag, flag);
    }
}
