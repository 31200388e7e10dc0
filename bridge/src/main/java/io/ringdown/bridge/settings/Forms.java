package io.ringdown.bridge.settings;

import static io.ringdown.bridge.settings.Malformed.quoting;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The forms that the keys' values take. */
final class Forms {
    // One way to write each number: no sign, exponent, octal zero or underscore to guess about.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");
    /** E.164, as the carrier writes it. */
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[1-9][0-9]{1,14}");

    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9A-Za-z_-]+");
    /** Never quoted. One object, by which a key knows that it is secret. */
    static final Form<Secret> SECRET = Form.single("a secret", text -> {
        if (!VISIBLE_ASCII.matcher(text).matches()) {
            throw new Malformed("has spaces or characters that no credential has");
        }
        return new Secret(text);
    });

    /** Whoever takes webhooks knows their senders by the path, as a rule. One object, by which a key knows that. */
    static final Form<URI> WEBHOOK = url("https", "http");

    private static final int MAX_INT_CHARS = 11;
    private static final int MAX_PORT = 65_535;

    private Forms() {}

    static Form<Integer> wholeNumber(int min, int max) {
        return Form.single(min + " to " + max, text -> {
            if (!WHOLE_NUMBER.matcher(text).matches()) {
                throw quoting("not a whole number", text);
            }
            // Too long for an int is as far out of range as it gets.
            long number = text.length() > MAX_INT_CHARS ? Long.MAX_VALUE : Long.parseLong(text);
            if (number < min || number > max) {
                throw quoting("not within " + min + " to " + max, text);
            }
            return (int) number;
        });
    }

    static Form<Double> decimal(double min, double max) {
        return Form.single(min + " to " + max, text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw quoting("not a number", text);
            }
            double number = Double.parseDouble(text);
            if (number < min || number > max) {
                throw quoting("not within " + min + " to " + max, text);
            }
            return number;
        });
    }

    static Form<OptionalInt> wholeNumberOrInf(int min, int max) {
        Form<Integer> number = wholeNumber(min, max);
        return Form.single(
                "inf or " + number.words(),
                text -> text.equals("inf")
                        ? OptionalInt.empty()
                        : OptionalInt.of(number.reading().apply(List.of(text))));
    }

    static Form<Boolean> trueOrFalse() {
        return oneOf("true", "false").map(Boolean::valueOf);
    }

    static Form<String> oneOf(String... choices) {
        String words = String.join(" or ", choices);
        return Form.single(words, text -> {
            if (!List.of(choices).contains(text)) {
                throw quoting("not " + words, text);
            }
            return text;
        });
    }

    static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
        String[] choices = List.of(type.getEnumConstants()).stream()
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return oneOf(choices).map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    static Form<String> text() {
        return Form.single("text", text -> text);
    }

    /** A name that travels in URLs, headers and JSON as it stands. */
    static Form<String> name() {
        return Form.single("a name without spaces", text -> {
            if (!VISIBLE_ASCII.matcher(text).matches()) {
                throw quoting("not a name of plain characters without spaces", text);
            }
            return text;
        });
    }

    /** Not quoted when wrong: what stands there may be the auth token, in the wrong place. */
    static Form<String> accountSid() {
        return Form.single("AC...", text -> {
            if (!ACCOUNT_SID.matcher(text).matches()) {
                throw new Malformed("not an account SID (AC and letters or digits)");
            }
            return text;
        });
    }

    static Form<List<String>> phoneNumbers() {
        return Form.list("list of numbers like \"+15551234567\"").map(numbers -> {
            for (String number : numbers) {
                if (!PHONE_NUMBER.matcher(number).matches()) {
                    throw quoting("not a number like +15551234567", number);
                }
            }
            return numbers;
        });
    }

    static Form<HostAndPort> address() {
        return Form.single("host:port", HostAndPort::parse);
    }

    /** A URL that paths are put behind, so it has no query and loses its last slash. */
    static Form<URI> baseUrl(String... schemes) {
        return url(schemes).map(url -> {
            if (url.getRawQuery() != null) {
                throw new Malformed("a URL with a query (what follows ? must go)");
            }
            return URI.create(url.toString().replaceFirst("/+$", ""));
        });
    }

    /** Not quoted when wrong: people put passwords and keys into URLs. */
    static Form<URI> url(String... schemes) {
        String words = "URL with " + String.join(" or ", schemes);
        return Form.single(words, text -> {
            URI url = parseUrl(text);
            if (url.getScheme() == null || !List.of(schemes).contains(url.getScheme())) {
                throw new Malformed("not a " + words);
            }
            if (url.getHost() == null || url.getPort() > MAX_PORT) {
                throw new Malformed("a URL without a valid host and port");
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw new Malformed("a URL with a user or a fragment (what stands before @ or after # must go)");
            }
            return url;
        });
    }

    private static URI parseUrl(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Malformed("not a URL");
        }
    }

    static Form<Path> path() {
        return Form.single("a path", text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw quoting("not a path", text);
            }
        });
    }

    static Form<Path> clip() {
        return path().named("a .ulaw or .wav file").map(file -> {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (!name.endsWith(".ulaw") && !name.endsWith(".wav")) {
                throw quoting("neither a .ulaw nor a .wav file", file.toString());
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw quoting("no readable file", file.toString());
            }
            return file;
        });
    }
}
