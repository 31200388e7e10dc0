package io.ringdown.bridge.install;

import io.ringdown.bridge.Command;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The archive that the build made, unpacked where a test wants it, and whoever may run it but not write to it. */
final class Archive {
    private static final String NOBODY = "65534";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path home;

    private Archive(Path home) {
        this.home = home;
    }

    /** In {@code folder}, which is made, and read-only for those whom {@link #asGuest} runs. */
    static Archive unpackedIn(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("tar", "-xzf", built().toString(), "-C", folder.toString());
        Archive archive = in(folder);
        run("chmod", "-R", "a-w", archive.home.toString());
        return archive;
    }

    /** Where it was unpacked, or moved to. */
    static Archive in(Path folder) throws IOException {
        return new Archive(only(folder, "ringdown-*"));
    }

    private static Path built() throws IOException {
        return only(Path.of("target"), "ringdown-*.tar.gz");
    }

    private static Path only(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            Iterator<Path> paths = found.iterator();
            Path first = paths.next();
            if (paths.hasNext()) {
                throw new IllegalStateException("two of " + glob + ": " + first + ", " + paths.next());
            }
            return first.toAbsolutePath();
        }
    }

    /** What a test may delete again, which a read-only folder forbids all but root. */
    void makeWritable() throws IOException, InterruptedException {
        run("chmod", "-R", "u+w", home.toString());
    }

    Path home() {
        return home;
    }

    Path launcher() {
        return home.resolve("ringdown");
    }

    /** A user who is not root, and cannot write to the archive: the one who runs the tests, or nobody. */
    static List<String> asGuest() {
        return ROOT ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups") : List.of();
    }

    /** Makes {@code folder} the guest's own. */
    static void giveToGuest(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (ROOT) {
            run("chown", NOBODY + ":" + NOBODY, folder.toString());
        }
    }

    static void run(String... command) throws IOException, InterruptedException {
        Command.Result result = Command.run(command);
        if (result.exitCode() != 0) {
            throw new IOException(String.join(" ", command) + ": " + result.output());
        }
    }
}
