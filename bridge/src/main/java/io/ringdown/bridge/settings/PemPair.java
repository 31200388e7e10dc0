package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.PemForms.FromFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The two files of the carrier-facing port's certificate, for who reads them again while the server runs. Symbolic links are
 * followed anew each time. Any thread; blocks for the files.
 */
public record PemPair(Path certificate, Path key) {

    /** What both files hold now, to be compared and nothing else; of one that cannot be read, nothing. */
    public byte[] contents() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (Path file : List.of(certificate, key)) {
            try (InputStream in = Files.newInputStream(file)) {
                both.writeBytes(in.readNBytes(PemFile.MAX_BYTES));
            } catch (IOException unreadable) {
                // reading it for good says so
            }
            both.write(0);
        }
        return both.toByteArray();
    }

    /** Reads both, as strictly as the start does. Throws SettingsException, naming the file and what is wrong with it. */
    public Settings.Tls read() {
        try {
            List<X509Certificate> chain = PemForms.chain(certificate).content();
            FromFile<PrivateKey> privateKey = PemForms.keyIn(key);
            if (!PemForms.belongTogether(chain.get(0).getPublicKey(), privateKey.content())) {
                throw new Malformed(PemForms.strangers(certificate, key));
            }
            return new Settings.Tls(chain, privateKey.content(), this);
        } catch (Malformed e) {
            throw new SettingsException(List.of(e.getMessage()));
        }
    }
}
