package io.ringdown.bridge.json;

import java.util.Random;

/** Writes random JSON objects: mostly plain ones, and some with what makes an object not plain. */
final class RandomJson {
    private static final String[] NAMES = {"event", "media", "payload", "type", "response_id", "a", "b", "", "x y"};
    private static final String[] NUMBERS = {
        "0", "-0", "7", "-12", "1.5", "2e3", "-1.25E-7", "4294967297", "9223372036854775807", "123456789012345678"
    };
    private static final String[] ODD_TEXT = {"\\/", "\\u0041", "\\\\", "\\\"", "\\n"};
    private static final String TEXT = "ABCxyz0189+/=_.-:{}[],";

    private final Random random;
    private final boolean odd;
    private final StringBuilder text = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
        this.odd = random.nextInt(4) == 0;
    }

    String document() {
        space();
        object(1);
        space();
        return text.toString();
    }

    private void object(int depth) {
        text.append('{');
        int members = random.nextInt(6);
        int firstName = random.nextInt(NAMES.length);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",");
            space();
            int name = odd ? random.nextInt(NAMES.length) : (firstName + i) % NAMES.length;
            text.append('"').append(NAMES[name]).append('"');
            space();
            text.append(':');
            space();
            value(depth);
            space();
        }
        text.append('}');
    }

    private void value(int depth) {
        switch (random.nextInt(odd ? 7 : 6)) {
            case 0 -> text.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> text.append(random.nextInt(3) == 0 ? "null" : random.nextBoolean());
            case 2 -> nested(depth);
            case 6 -> text.append("[1,{\"a\":[]}]");
            default -> string();
        }
    }

    private void nested(int depth) {
        if (depth < (odd ? 4 : 2)) {
            object(depth + 1);
        } else {
            text.append(0);
        }
    }

    private void string() {
        text.append('"');
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(TEXT.charAt(random.nextInt(TEXT.length())));
        }
        if (odd && random.nextBoolean()) {
            text.append(ODD_TEXT[random.nextInt(ODD_TEXT.length)]);
        }
        text.append('"');
    }

    private void space() {
        if (random.nextInt(5) == 0) {
            text.append(" \n\r\t".charAt(random.nextInt(4)));
        }
    }
}
