package io.ringdown.engine.journal;

/** The last texts of a call, numbered from 1: identifiers come again and again. Writer and reader keep the same. */
final class RecentTexts {
    static final int SIZE = 8;

    private final String[] texts = new String[SIZE];
    private int next;

    /** Its number, or 0 if it is none of them. Identifiers are canonical, so identity mostly decides. */
    int find(String text) {
        for (int i = 0; i < SIZE; i++) {
            if (texts[i] == text) {
                return i + 1;
            }
        }
        for (int i = 0; i < SIZE; i++) {
            if (text.equals(texts[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    String get(int number) {
        return texts[number - 1];
    }

    /** In place of the oldest. */
    void add(String text) {
        texts[next] = text;
        next = (next + 1) % SIZE;
    }

    void clear() {
        java.util.Arrays.fill(texts, null);
        next = 0;
    }
}
