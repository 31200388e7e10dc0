package io.ringdown.bridge.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of a PEM file, in its order; what stands between them is passed over. */
record PemFile(Path path, List<Block> blocks) {
    static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK = Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

    /**
     * One block.
     *
     * @param label of its first line, as in {@code CERTIFICATE}
     * @param text base64, and headers if it has any
     */
    record Block(String label, String text) {
        /** What it encodes; nothing sensible if {@link #isEncrypted()}. */
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(text);
        }

        boolean isEncrypted() {
            return label.startsWith("ENCRYPTED ") || text.contains("ENCRYPTED");
        }

        boolean isKey() {
            return label.endsWith("PRIVATE KEY");
        }

        boolean isCertificate() {
            return label.equals("CERTIFICATE");
        }
    }

    /** Throws {@link Malformed} when there is no such file, or none that can be read. */
    static PemFile read(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw Malformed.quoting("no readable file", path.toString());
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Malformed.quoting("longer than " + MAX_BYTES + " bytes", path.toString());
            }
            return new PemFile(path, blocks(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw Malformed.quoting("not a file that can be read", path.toString());
        }
    }

    private static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    /** What is wrong with the file, ready to be thrown. */
    Malformed problem(String reason) {
        return Malformed.quoting(reason, path.toString());
    }
}
