package io.ringdown.engine.call.goodbye;

import java.util.List;
import java.util.stream.IntStream;

/** Speech in quotation marks, unless they are around the whole transcript. */
final class Quotation {

    private Quotation() {}

    /** Whether the chunk at {@code at} is quoted. */
    static boolean holds(List<Chunk> chunks, int at) {
        return isBetween(chunks, at, "\"") || isBetween(chunks, at, "'");
    }

    private static boolean isBetween(List<Chunk> chunks, int at, String mark) {
        int[] marks = IntStream.range(0, chunks.size())
                .filter(i -> chunks.get(i).first().text().equals(mark))
                .toArray();
        long before = IntStream.of(marks).filter(i -> i < at).count();
        boolean opened = before % 2 == 1;
        boolean closed = before < marks.length;
        return opened && closed && !areAroundAll(marks, chunks);
    }

    private static boolean areAroundAll(int[] marks, List<Chunk> chunks) {
        return marks.length == 2
                && marks[0] == 0
                && chunks.subList(marks[1] + 1, chunks.size()).stream().allMatch(Chunk::endsSentence);
    }
}
