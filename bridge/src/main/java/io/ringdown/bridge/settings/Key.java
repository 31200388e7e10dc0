package io.ringdown.bridge.settings;

import java.util.Optional;

/** One thing that can be set: its names, its default, what it takes and what it means. Immutable. */
public final class Key<T> {
    private final String path;
    private final String variable;
    private final String defaultText;
    private final Form<T> form;
    private final String meaning;
    private final Optional<T> defaultValue;

    /** The default is read as if somebody had written it, so a default out of its own range cannot exist. */
    Key(String path, String variable, Default given, Form<T> form, String meaning) {
        this.path = path;
        this.variable = variable;
        this.defaultText = given.text();
        this.form = form;
        this.meaning = meaning;
        this.defaultValue = given.literal() ? Optional.of(form.read(Written.single(given.text()))) : Optional.empty();
    }

    /** Its place in {@code ringdown.yaml}, sections and name joined by dots: {@code limits.lead_ms}. */
    public String path() {
        return path;
    }

    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** For a secret: the variable that names a file with the value in it. */
    public Optional<String> fileVariable() {
        return secret() ? variable().map(variable -> variable + "_FILE") : Optional.empty();
    }

    /** Its flag with the dashes; keys without a variable have none, nor have secrets, which others could see. */
    public Optional<String> flag() {
        return secret() ? Optional.empty() : variable().map(any -> "--" + path.replaceAll("[._]", "-"));
    }

    /** The default as one would write it, or words for it: {@code cores}, {@code none}. */
    public String defaultText() {
        return defaultText;
    }

    /** What it takes, in words: {@code 20 to 5000}, {@code playback or queues}. */
    public String takes() {
        return form.words();
    }

    public String meaning() {
        return meaning;
    }

    /** Whether the value is a credential: not to be shown, and not taken from the command line. */
    public boolean secret() {
        Form<?> any = form;
        return any == Forms.SECRET;
    }

    /** Whether it is a URL whose path is as good as a credential: not to be shown. */
    boolean hidesPath() {
        Form<?> any = form;
        return any == Forms.WEBHOOK;
    }

    Form<T> form() {
        return form;
    }

    Optional<T> defaultValue() {
        return defaultValue;
    }

    @Override
    public String toString() {
        return path;
    }

    /** What holds when nobody says anything: text read like anybody's, or words for what is worked out later. */
    record Default(String text, boolean literal) {
        static final Default NONE = new Default("none", false);

        static Default of(String text) {
            return new Default(text, true);
        }

        static Default workedOut(String words) {
            return new Default(words, false);
        }
    }
}
