package io.ringdown.bridge.wire;

/** Values where another was expected, some of which are no JSON at all. */
final class OddValue {
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "7",
        "-1",
        "-0",
        "1.0",
        "1e2",
        "1.5E-3",
        "1E+400",
        "2147483647",
        "2147483648",
        "999999999999999999",
        "1000000000000000000",
        "-99999999999999999999",
        "1".repeat(33),
        "\"\"",
        "\"12\"",
        "\"1e2\"",
        "\" 12\"",
        "\"null\"",
        "\"=\"",
        "\"\\\\\"",
        "\"\\\"payload\\\":\\\"AAAA\\\"\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\u05d1\u05d9\u05d9\"",
        "\"\ud83d\ude00\"",
        "\"\u00e9\u0661\"",
        "[]",
        "[1,{\"payload\":\"AAAA\",\"delta\":\"AAAA\"}]",
        "{}",
        "{\"event\":\"media\",\"payload\":\"AAAA\",\"type\":\"response.output_audio.delta\",\"delta\":\"AAAA\"}",
        "{\"media\":{\"payload\":\"AAAA\",\"timestamp\":\"1\"}}",
        "{\"name\":\"g1.m1\",\"name\":\"g1.m2\"}",
        "\"\t\"",
        "01",
        "+1",
        "1.",
        ".5",
        "NaN",
        "'x'",
        "tru",
        "\"\\x41\"",
        "\"\\u00\"",
        ""
    };

    private OddValue() {}

    static String of(Tape tape) {
        if (!tape.oneIn(8)) {
            return tape.of(VALUES);
        }
        return switch (tape.below(4)) {
            case 0 -> nested(13 + tape.below(5));
            case 1 -> nested(61 + tape.below(5));
            case 2 -> '"' + "A".repeat(4 * tape.below(200)) + '"';
            default -> "1".repeat(995 + tape.below(10));
        };
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
