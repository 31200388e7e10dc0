package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold what people said or did: of the server's own user, and of nobody else. Any thread. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** For files that are made. */
    static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private PrivateFiles() {}

    /** The directory, made where it is missing, and closed to others also where it was not. */
    static Path directory(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.setPosixFilePermissions(directory, OWNER_ONLY);
        return directory;
    }

    /**
     * Appends a line to {@code file}, which is made where it is missing, and opened for each line: who deletes or moves it
     * away gets a new one. A line that was cut short, by a full disk or the end of a process, is never joined by another.
     *
     * @param line without its end
     */
    public static void appendLine(Path file, byte[] line) throws IOException {
        try (FileChannel opened = FileChannel.open(file, APPENDING, FILE)) {
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
            if (!endsWithALine(file)) {
                bytes.put((byte) '\n');
            }
            bytes.put(line).put((byte) '\n').flip();
            while (bytes.hasRemaining()) { // once, as a rule: another process may append to the same file
                opened.write(bytes);
            }
        }
    }

    private static boolean endsWithALine(Path file) throws IOException {
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return written.size() == 0 || written.read(last, written.size() - 1) == 1 && last.get(0) == '\n';
        }
    }
}
