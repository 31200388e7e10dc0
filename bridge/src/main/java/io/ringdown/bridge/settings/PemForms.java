package io.ringdown.bridge.settings;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** The forms of keys that name PEM files. The files are read with the settings: a wrong one stops the start. */
final class PemForms {
    private static final String CONVERT = "; write it anew with openssl pkcs8 -topk8 -nocrypt";

    /**
     * What a PEM file said.
     *
     * @param file where it stood, for the problem line
     */
    record FromFile<T>(Path file, T content) {}

    private PemForms() {}

    /** The first certificate is the one that is shown; it has to be valid today. */
    static Form<FromFile<List<X509Certificate>>> certificateChain() {
        return Forms.path().named("a PEM file").map(PemForms::chain);
    }

    static FromFile<List<X509Certificate>> chain(Path path) {
        PemFile file = PemFile.read(path);
        List<X509Certificate> chain = certificates(file);
        requireValid(file, chain.get(0));
        return new FromFile<>(path, chain);
    }

    /** Bundles hold expired authorities for old peers' sake, so one that is valid is enough. */
    static Form<FromFile<List<X509Certificate>>> authorities() {
        return Forms.path().named("a PEM file").map(path -> {
            PemFile file = PemFile.read(path);
            List<X509Certificate> authorities = certificates(file);
            Date now = new Date();
            if (authorities.stream().allMatch(each -> each.getNotAfter().before(now))) {
                throw file.problem("nothing in it has not expired");
            }
            return new FromFile<>(path, authorities);
        });
    }

    /** Unencrypted PKCS#8, RSA or EC. */
    static Form<FromFile<PrivateKey>> privateKey() {
        return Forms.path().named("a PEM file, PKCS#8").map(PemForms::keyIn);
    }

    static FromFile<PrivateKey> keyIn(Path path) {
        return new FromFile<>(path, key(PemFile.read(path)));
    }

    private static List<X509Certificate> certificates(PemFile file) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : file.blocks()) {
            if (block.isCertificate()) {
                certificates.add(certificate(file, block));
            }
        }
        if (certificates.isEmpty()) {
            boolean key = file.blocks().stream().anyMatch(PemFile.Block::isKey);
            throw file.problem(key ? "a key and no certificate" : "no PEM certificate in it");
        }
        return certificates;
    }

    private static X509Certificate certificate(PemFile file, PemFile.Block block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw file.problem("a certificate in it is broken");
        }
    }

    private static void requireValid(PemFile file, X509Certificate certificate) {
        Instant now = Instant.now();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            throw file.problem("its certificate expired on " + day(certificate.getNotAfter()));
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            throw file.problem("its certificate is not valid before " + day(certificate.getNotBefore()));
        }
    }

    private static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }

    private static PrivateKey key(PemFile file) {
        PemFile.Block block = file.blocks().stream()
                .filter(PemFile.Block::isKey)
                .findFirst()
                .orElseThrow(() -> file.problem(
                        file.blocks().stream().anyMatch(PemFile.Block::isCertificate)
                                ? "a certificate and no key"
                                : "no PEM private key in it"));
        if (block.isEncrypted()) {
            throw file.problem("an encrypted key" + CONVERT);
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(file, block);
            case "RSA PRIVATE KEY" -> throw file.problem("a PKCS#1 key, not PKCS#8" + CONVERT);
            default -> throw file.problem("a key in the form of " + block.label() + ", not PKCS#8" + CONVERT);
        };
    }

    private static PrivateKey pkcs8(PemFile file, PemFile.Block block) {
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // the next may fit
            }
        }
        throw file.problem("a broken key, or neither RSA nor EC");
    }

    /** What to say of files that do not belong together. */
    static String strangers(Path certificate, Path key) {
        return "the key in " + key + " is not that of the first certificate in " + certificate;
    }

    /** Whether they are one pair: of RSA they share the modulus; else {@code publicKey} verifies what {@code key} signs. */
    static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
        if (publicKey instanceof RSAKey shown && key instanceof RSAKey kept) {
            return shown.getModulus().equals(kept.getModulus());
        }
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
