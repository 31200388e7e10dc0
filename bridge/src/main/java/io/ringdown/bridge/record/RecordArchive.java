package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents of all calls, one a line, in a file for each day (UTC) on which calls ended. One thread writes; any may
 * {@link #find}. A line that was cut short, by a full disk or the end of the process, is never joined by another.
 */
public final class RecordArchive {
    private static final String DIRECTORY = "records";
    private static final String SUFFIX = ".jsonl";

    private static final String ID = "\"id\":\"";

    private final Path directory;

    private RecordArchive(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException when the directory cannot be made */
    static RecordArchive open(Path journalDir) throws IOException {
        return new RecordArchive(PrivateFiles.directory(journalDir.resolve(DIRECTORY)));
    }

    void append(byte[] document, LocalDate endedOn) throws IOException {
        PrivateFiles.appendLine(directory.resolve(endedOn + SUFFIX), document);
    }

    /** Which of {@code ids} have a document there, whole. */
    Set<String> known(Set<String> ids, LocalDate endedOn) throws IOException {
        Path file = directory.resolve(endedOn + SUFFIX);
        Set<String> known = new HashSet<>();
        if (Files.isRegularFile(file)) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String id = line.endsWith("}}") ? idOf(line) : "";
                    if (ids.contains(id) && has(line, "id", id)) {
                        known.add(id);
                    }
                }
            }
        }
        return known;
    }

    /** Its own stands before all that a peer could have put there. */
    private static String idOf(String document) {
        int from = document.indexOf(ID) + ID.length();
        int to = document.indexOf('"', from);
        return from < ID.length() || to < 0 ? "" : document.substring(from, to);
    }

    /** Deletes the files of days before {@code first}. */
    void removeBefore(LocalDate first) throws IOException {
        for (Path path : days(directory)) {
            if (dayOf(path).filter(its -> its.isBefore(first)).isPresent()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /**
     * The latest document of a call, as it was written. Reads files; any thread but a lane's.
     *
     * @throws IOException when the files cannot be read
     */
    public static Optional<String> find(Path journalDir, String callSid) throws IOException {
        Path directory = journalDir.resolve(DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        for (Path path : days(directory)) {
            Optional<String> found = lastOf(path, "call_sid", callSid);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What was cut short, perhaps within a character, has no closing brace, and counts as never written. */
    private static Optional<String> lastOf(Path path, String name, String value) throws IOException {
        String member = '"' + name + "\":\"" + value + '"';
        String found = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(path), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("}}") && line.contains(member) && has(line, name, value)) {
                    found = line;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /** Of its own, and not only somewhere within: a stream may have a parameter of any name. */
    private static boolean has(String document, String name, String value) {
        try {
            return Json.READER.readTree(document).path(name).asText().equals(value);
        } catch (JsonProcessingException cut) { // just behind two braces
            return false;
        }
    }

    /** The latest first. */
    private static List<Path> days(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> dayOf(path).isPresent())
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    private static Optional<LocalDate> dayOf(Path path) {
        String name = path.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }
}
