package io.ringdown.engine.call.goodbye;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** One line of a vector file: who speaks, what the matcher must answer, and the transcript. */
record GoodbyeVector(String speaker, String expected, String text) {

    static Stream<GoodbyeVector> of(String resource) {
        try (InputStream in = GoodbyeVector.class.getResourceAsStream(resource)) {
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(file.split("\n"))
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(GoodbyeVector::row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoodbyeVector row(String[] fields) {
        return new GoodbyeVector(fields[0], fields[1], fields[2]);
    }
}
