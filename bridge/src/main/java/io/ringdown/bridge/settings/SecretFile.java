package io.ringdown.bridge.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** A file that holds one credential, as Docker, Kubernetes and systemd hand them out. */
record SecretFile(Path path) {
    private static final int MAX_BYTES = 16 * 1024;

    /** Throws {@link Malformed} when that is no path. */
    static SecretFile at(String text) {
        try {
            return new SecretFile(Path.of(text));
        } catch (InvalidPathException e) {
            throw Malformed.quoting("not a path", text);
        }
    }

    /** What the file says, without the newline that editors put at its end. Throws {@link Malformed}, quoting the path only. */
    String read() {
        if (!Files.exists(path)) {
            throw problem("no such file");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw problem("no readable file");
        }
        String text = text();
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String secret = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (secret.isEmpty()) {
            throw problem("an empty file");
        }
        if (!secret.equals(secret.strip())) {
            throw problem("more than one line, or white space around the secret");
        }
        return secret;
    }

    private String text() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw problem("longer than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw problem("not a file that can be read");
        }
    }

    private Malformed problem(String reason) {
        return Malformed.quoting(reason, path.toString());
    }

    /** Whether every user of this machine may read {@code file}; false where that cannot be known. */
    static boolean isOpenToAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
