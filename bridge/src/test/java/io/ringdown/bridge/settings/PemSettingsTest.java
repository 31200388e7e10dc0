package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of certificates and keys: what is taken, and which line stops the start. */
class PemSettingsTest {
    private static final String CERTIFICATE = "RINGDOWN_TLS_CERTIFICATE";
    private static final String KEY = "RINGDOWN_TLS_KEY";
    private static final String CA = "RINGDOWN_MODEL_CA";

    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    private static CertificateBuilder certificate() {
        return new CertificateBuilder().subject("CN=voice.example.com").ecp256().setIsCertificateAuthority(true);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String chain(X509Bundle bundle) throws IOException {
        return file("chain.pem", bundle.getCertificatePathPEM());
    }

    private String key(X509Bundle bundle) throws IOException {
        return file("key.pem", bundle.getPrivateKeyPEM());
    }

    private void assertProblem(SettingsFile given, String variable, String reason) {
        assertThat(given.problems()).hasSize(1).first().asString().isEqualTo("environment: " + variable + reason);
    }

    @Test
    void shouldBePlainWithoutACertificate() {
        assertThat(given().load().tls()).isEmpty();
        assertThat(given().load().model().ca()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadAChainAndItsKey(boolean rsa) throws Exception {
        X509Bundle root = certificate().buildSelfSigned();
        X509Bundle issued = (rsa ? certificate().rsa2048() : certificate()).buildIssuedBy(root);
        String chain = issued.getCertificatePEM() + "between the blocks\n" + root.getCertificatePEM();

        Settings.Tls tls = given().with(CERTIFICATE, file("chain.pem", chain))
                .with(KEY, key(issued))
                .load()
                .tls()
                .orElseThrow();

        assertThat(tls.chain()).containsExactly(issued.getCertificate(), root.getCertificate());
        assertThat(tls.key()).isEqualTo(issued.getKeyPair().getPrivate());
    }

    @Test
    void shouldReadBothFromOneFileNamedInTheConfiguration() throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();
        String both = file("both.pem", bundle.getPrivateKeyPEM() + bundle.getCertificatePEM());

        assertThat(given().yaml("tls: {certificate: " + both + ", key: " + both + "}")
                        .load()
                        .tls())
                .isPresent();
    }

    @Test
    void shouldNotShowTheKey() throws Exception {
        X509Bundle bundle = certificate().rsa2048().buildSelfSigned();
        Settings settings =
                given().with(CERTIFICATE, chain(bundle)).with(KEY, key(bundle)).load();

        assertThat(settings.toString()).contains("Tls[CN=voice.example.com]").doesNotContain("modulus");
    }

    @Test
    void shouldWantBothOrNeither() throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();

        assertThat(given().with(CERTIFICATE, chain(bundle)).problems())
                .containsExactly(
                        "ringdown.yaml: tls.key: missing; a certificate is shown only with its key (environment: RINGDOWN_TLS_KEY)");
        assertThat(given().with(KEY, key(bundle)).problems())
                .containsExactly(
                        "ringdown.yaml: tls.certificate: missing; a key is used only with its certificate (environment: RINGDOWN_TLS_CERTIFICATE)");
    }

    @Test
    void shouldRefuseTheKeyOfAnotherCertificate() throws Exception {
        X509Bundle shown = certificate().buildSelfSigned();
        for (X509Bundle other :
                List.of(certificate().buildSelfSigned(), certificate().rsa2048().buildSelfSigned())) {
            assertThat(given().with(CERTIFICATE, chain(shown))
                            .with(KEY, key(other))
                            .problems())
                    .containsExactly("ringdown.yaml: tls.key: the key in " + directory.resolve("key.pem")
                            + " is not that of the first certificate in " + directory.resolve("chain.pem")
                            + " (environment: RINGDOWN_TLS_KEY)");
        }
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        String nowhere = directory.resolve("no.pem").toString();
        for (String variable : List.of(CERTIFICATE, KEY, CA)) {
            assertThat(given().with(variable, nowhere).problems())
                    .contains("environment: " + variable + ": no readable file: \"" + nowhere + '"');
        }
    }

    @Test
    void shouldTellAKeyFromACertificate() throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();
        String chain = chain(bundle);
        String key = key(bundle);

        assertThat(given().with(CERTIFICATE, key).with(KEY, chain).problems())
                .containsExactlyInAnyOrder(
                        "environment: " + CERTIFICATE + ": a key and no certificate: \"" + key + '"',
                        "environment: " + KEY + ": a certificate and no key: \"" + chain + '"');
    }

    @Test
    void shouldSayHowToConvertAKeyOfAnotherForm() throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();
        String convert = "; write it anew with openssl pkcs8 -topk8 -nocrypt: \"" + directory.resolve("key.pem") + '"';

        assertProblem(keyLabelled(bundle, "RSA PRIVATE KEY", ""), KEY, ": a PKCS#1 key, not PKCS#8" + convert);
        assertProblem(
                keyLabelled(bundle, "EC PRIVATE KEY", ""),
                KEY,
                ": a key in the form of EC PRIVATE KEY, not PKCS#8" + convert);
        assertProblem(keyLabelled(bundle, "ENCRYPTED PRIVATE KEY", ""), KEY, ": an encrypted key" + convert);
        assertProblem(
                keyLabelled(bundle, "RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
                KEY,
                ": an encrypted key" + convert);
    }

    private SettingsFile keyLabelled(X509Bundle bundle, String label, String headers) throws IOException {
        String text = "-----BEGIN " + label + "-----\n" + headers + "AAAA\n-----END " + label + "-----\n";
        return given().with(CERTIFICATE, chain(bundle)).with(KEY, file("key.pem", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "", "*", "=", "MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7"})
    void shouldRefuseBrokenBlocks(String text) throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();
        String broken = file("broken.pem", block("PRIVATE KEY", text) + block("CERTIFICATE", text));

        assertProblem(
                given().with(CERTIFICATE, chain(bundle)).with(KEY, broken),
                KEY,
                ": a broken key, or neither RSA nor EC: \"" + broken + '"');
        assertProblem(
                given().with(CERTIFICATE, broken).with(KEY, key(bundle)),
                CERTIFICATE,
                ": a certificate in it is broken: \"" + broken + '"');
    }

    private static String block(String label, String text) {
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA", "-----BEGIN PRIVATE KEY-----"})
    void shouldRefuseFilesWithoutABlock(String text) throws Exception {
        String empty = file("empty.pem", text);

        assertThat(given().with(CERTIFICATE, empty).with(KEY, empty).problems())
                .containsExactlyInAnyOrder(
                        "environment: " + CERTIFICATE + ": no PEM certificate in it: \"" + empty + '"',
                        "environment: " + KEY + ": no PEM private key in it: \"" + empty + '"');
    }

    @Test
    void shouldRefuseAHugeFile() throws Exception {
        String huge = file("huge.pem", "x".repeat(1024 * 1024 + 1));

        assertThat(given().with(CA, huge).problems())
                .contains("environment: " + CA + ": longer than 1048576 bytes: \"" + huge + '"');
    }

    @Test
    void shouldRefuseACertificateOutOfItsTime() throws Exception {
        X509Bundle expired = certificate()
                .notAfter(Instant.parse("2026-01-02T03:04:05Z"))
                .notBefore(Instant.parse("2025-01-02T03:04:05Z"))
                .buildSelfSigned();
        X509Bundle early = certificate()
                .notBefore(Instant.parse("2100-01-02T03:04:05Z"))
                .notAfter(Instant.parse("2101-01-02T03:04:05Z"))
                .buildSelfSigned();

        assertProblem(
                given().with(CERTIFICATE, chain(expired)).with(KEY, key(expired)),
                CERTIFICATE,
                ": its certificate expired on 2026-01-02: \"" + directory.resolve("chain.pem") + '"');
        assertProblem(
                given().with(CERTIFICATE, chain(early)).with(KEY, key(early)),
                CERTIFICATE,
                ": its certificate is not valid before 2100-01-02: \"" + directory.resolve("chain.pem") + '"');
    }

    @Test
    void shouldTrustABundleAsLongAsOneOfItIsValid() throws Exception {
        X509Bundle good = certificate().buildSelfSigned();
        X509Bundle expired = certificate()
                .notBefore(Instant.parse("2025-01-02T03:04:05Z"))
                .notAfter(Instant.parse("2026-01-02T03:04:05Z"))
                .buildSelfSigned();
        SettingsFile wss =
                given().with("RINGDOWN_MODEL_URL", "wss://127.0.0.1:9000").with("OPENAI_API_KEY", "key");

        String both = file("ca.pem", expired.getCertificatePEM() + good.getCertificatePEM());
        assertThat(wss.with(CA, both).load().model().ca())
                .containsExactly(expired.getCertificate(), good.getCertificate());
        String one = file("old.pem", expired.getCertificatePEM());
        assertProblem(wss.with(CA, one), CA, ": nothing in it has not expired: \"" + one + '"');
    }

    @Test
    void shouldNotTakeACaForAPlainModel() throws Exception {
        X509Bundle bundle = certificate().buildSelfSigned();

        assertThat(given().with(CA, chain(bundle)).problems())
                .containsExactly(
                        "ringdown.yaml: model.ca: given, but a ws model shows no certificate (environment: RINGDOWN_MODEL_CA)");
    }
}
