package io.ringdown.engine.call;

/** Marks sent and not yet echoed, in the order of the audio: number and position of each. Reused, so no garbage. */
final class OutstandingMarks {
    /** More than this many unanswered marks tell nothing more. */
    static final int LIMIT = 1_024;

    private int[] numbers = new int[16];
    private long[] positions = new long[16];
    private int head;
    private int size;

    boolean isFull() {
        return size == LIMIT;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int number, long position) {
        if (size == numbers.length) {
            grow();
        }
        int tail = head + size & numbers.length - 1;
        numbers[tail] = number;
        positions[tail] = position;
        size++;
    }

    /** How many marks an echo of {@code number} answers: it and all before it. 0 if it is not outstanding. */
    int answeredBy(int number) {
        for (int i = 0; i < size; i++) {
            if (numbers[head + i & numbers.length - 1] == number) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Forgets the first {@code count} marks and returns the position of the last of them. */
    long remove(int count) {
        int last = head + count - 1 & numbers.length - 1;
        head = head + count & numbers.length - 1;
        size -= count;
        return positions[last];
    }

    void clear() {
        head = 0;
        size = 0;
    }

    private void grow() {
        int[] moreNumbers = new int[size * 2];
        long[] morePositions = new long[size * 2];
        for (int i = 0; i < size; i++) {
            moreNumbers[i] = numbers[head + i & size - 1];
            morePositions[i] = positions[head + i & size - 1];
        }
        numbers = moreNumbers;
        positions = morePositions;
        head = 0;
    }
}
