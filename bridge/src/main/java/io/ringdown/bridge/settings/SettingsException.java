package io.ringdown.bridge.settings;

import java.util.List;

/** The configuration cannot be used. Holds all that is wrong with it, one line each, without secrets. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems a line each, in reading order */
    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in reading order: the file, the environment, the command line, what is missing. */
    public List<String> problems() {
        return problems;
    }
}
