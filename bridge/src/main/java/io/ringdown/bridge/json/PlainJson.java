package io.ringdown.bridge.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the members of one plain JSON object without allocating. Plain is: printable ASCII, strings without escapes,
 * objects at most inside the top object, no arrays, few members, no name twice in an object, short names and numbers.
 *
 * <p>What is not plain may still be good JSON: {@link #scan} says false and the caller reads it with a full parser. What is
 * plain means the same to both. Reused for one text after the other by one thread; the text is read in place and must
 * stay unchanged while its members are asked for.
 */
public final class PlainJson {
    /** What a member holds. */
    public enum Kind {
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        OBJECT
    }

    /** The parent of the members of the outermost object. */
    public static final int TOP = -2;

    /** A member that is not there: has no kind, equals nothing, has no number and no members. */
    public static final int ABSENT = -1;

    /** What {@link #number} says of anything but a whole number without a sign. */
    public static final long NO_NUMBER = -1;

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_NUMBER_BYTES = 32;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    private final int[] parents = new int[MAX_MEMBERS];
    private final int[] nameStarts = new int[MAX_MEMBERS];
    private final int[] nameLengths = new int[MAX_MEMBERS];
    private final Kind[] kinds = new Kind[MAX_MEMBERS];
    private final int[] starts = new int[MAX_MEMBERS];
    private final int[] lengths = new int[MAX_MEMBERS];

    private byte[] text = {};
    private int position;
    private int end;
    private int members;

    /**
     * Reads {@code length} bytes of {@code text} from {@code offset}.
     *
     * @return false if they are not exactly one plain object; no member is to be found then
     */
    public boolean scan(byte[] text, int offset, int length) {
        this.text = text;
        position = offset;
        end = offset + length;
        members = 0;
        skipSpace();
        boolean plain = skip('{') && object(TOP) && atEnd();
        if (!plain) {
            members = 0;
        }
        return plain;
    }

    /** The member of {@code parent} ({@link #TOP} or an object's index) called {@code name}, or {@link #ABSENT}. */
    public int member(int parent, byte[] name) {
        for (int i = 0; i < members; i++) {
            if (parents[i] == parent && equal(nameStarts[i], nameLengths[i], name)) {
                return i;
            }
        }
        return ABSENT;
    }

    /** What the member holds, null for {@link #ABSENT}. */
    public Kind kind(int index) {
        return index == ABSENT ? null : kinds[index];
    }

    /** Where the value begins in the text, behind the quote if it is a string. */
    public int start(int index) {
        return starts[index];
    }

    /** The value's length in bytes, quotes not counted. */
    public int length(int index) {
        return lengths[index];
    }

    /** Whether the member is the string {@code value}. */
    public boolean is(int index, byte[] value) {
        return kind(index) == Kind.STRING && equal(starts[index], lengths[index], value);
    }

    /** The member as a long, if it is a whole number of at most 18 digits or a string of such digits, else {@link #NO_NUMBER}. */
    public long number(int index) {
        Kind kind = kind(index);
        return kind == Kind.NUMBER || kind == Kind.STRING ? digits(starts[index], lengths[index]) : NO_NUMBER;
    }

    private long digits(int start, int length) {
        if (length == 0 || length > 18) {
            return NO_NUMBER;
        }
        long value = 0;
        for (int i = start; i < start + length; i++) {
            if (!isDigit(text[i])) {
                return NO_NUMBER;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    private boolean equal(int start, int length, byte[] other) {
        return Arrays.equals(text, start, start + length, other, 0, other.length);
    }

    /** From behind the opening brace to behind the closing one. */
    private boolean object(int parent) {
        skipSpace();
        if (skip('}')) {
            return true;
        }
        do {
            skipSpace();
            if (!member(parent)) {
                return false;
            }
            skipSpace();
        } while (skip(','));
        return skip('}');
    }

    private boolean member(int parent) {
        if (members == MAX_MEMBERS || !skip('"')) {
            return false;
        }
        int index = members;
        int start = position;
        if (!skipString() || position - 1 - start > MAX_NAME_BYTES || seen(parent, start, position - 1 - start)) {
            return false;
        }
        members++;
        parents[index] = parent;
        nameStarts[index] = start;
        nameLengths[index] = position - 1 - start;
        skipSpace();
        if (!skip(':')) {
            return false;
        }
        skipSpace();
        return value(parent, index);
    }

    private boolean seen(int parent, int start, int length) {
        for (int i = 0; i < members; i++) {
            if (parents[i] == parent
                    && Arrays.equals(
                            text, start, start + length, text, nameStarts[i], nameStarts[i] + nameLengths[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean value(int parent, int index) {
        if (position == end) {
            return false;
        }
        starts[index] = position;
        return switch (text[position]) {
            case '"' -> string(index);
            case '{' -> parent == TOP && nested(index);
            case 't' -> literal(index, Kind.TRUE, TRUE);
            case 'f' -> literal(index, Kind.FALSE, FALSE);
            case 'n' -> literal(index, Kind.NULL, NULL);
            default -> skipNumber() && position - starts[index] <= MAX_NUMBER_BYTES && ends(index, Kind.NUMBER);
        };
    }

    private boolean string(int index) {
        position++;
        starts[index] = position;
        kinds[index] = Kind.STRING;
        boolean closed = skipString();
        lengths[index] = position - 1 - starts[index];
        return closed;
    }

    private boolean nested(int index) {
        position++;
        return object(index) && ends(index, Kind.OBJECT);
    }

    private boolean literal(int index, Kind kind, byte[] word) {
        if (end - position < word.length || !equal(position, word.length, word)) {
            return false;
        }
        position += word.length;
        return ends(index, kind);
    }

    private boolean ends(int index, Kind kind) {
        kinds[index] = kind;
        lengths[index] = position - starts[index];
        return true;
    }

    /** From behind the opening quote to behind the closing one. */
    private boolean skipString() {
        int i = position;
        while (i <= end - Long.BYTES && isOrdinary((long) WORD.get(text, i))) {
            i += Long.BYTES;
        }
        while (i < end && isOrdinary(text[i])) {
            i++;
        }
        position = i;
        return skip('"');
    }

    private static boolean isOrdinary(byte character) {
        return character >= 0x20 && character < 0x7F && character != '"' && character != '\\';
    }

    /** The same for eight characters; may say no of a word whose later characters only look wrong behind a wrong one. */
    private static boolean isOrdinary(long word) {
        long quote = word ^ ONES * '"';
        long backslash = word ^ ONES * '\\';
        long delete = word ^ ONES * 0x7F;
        long stops = quote - ONES & ~quote
                | backslash - ONES & ~backslash
                | delete - ONES & ~delete
                | word - ONES * 0x20 & ~word
                | word;
        return (stops & HIGH_BITS) == 0;
    }

    private boolean skipNumber() {
        skip('-');
        if (!skip('0') && !skipDigits()) {
            return false;
        }
        if (skip('.') && !skipDigits()) {
            return false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            return skipDigits();
        }
        return true;
    }

    private boolean skipDigits() {
        int before = position;
        while (position < end && isDigit(text[position])) {
            position++;
        }
        return position > before;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private void skipSpace() {
        while (position < end && isSpace(text[position])) {
            position++;
        }
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    private boolean skip(char expected) {
        boolean found = position < end && text[position] == expected;
        if (found) {
            position++;
        }
        return found;
    }

    private boolean atEnd() {
        skipSpace();
        return position == end;
    }
}
