package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.PemForms.FromFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The two files of the carrier-facing port's certificate, for who reads them again while the server runs. Symbolic links are
 * followed anew each time. Any thread; blocks for the files.
 */
public record PemPair(Path certificate, Path key) {

    /** A digest of what both files hold now; of one that cannot be read, of nothing. */
    public byte[] fingerprint() {
        MessageDigest both = sha256();
        for (Path file : List.of(certificate, key)) {
            try (InputStream in = Files.newInputStream(file)) {
                both.update(in.readNBytes(PemFile.MAX_BYTES));
            } catch (IOException unreadable) {
                // reading it for good says so
            }
            both.update((byte) 0);
        }
        return both.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
