package io.ringdown.bridge.load.steady;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * One certificate for both legs, in a folder where a bridge can find it: the bridge and the simulated model show it, and
 * each trusts the other's. Any thread that may block.
 *
 * @param certificate PEM; also what must be trusted
 * @param key PEM
 */
public record LoadTls(Path certificate, Path key) {
    private static final String STORE = "keystore.p12";
    private static final String PASSWORD = "ringdown"; // of a store that is removed again
    private static final int KEYTOOL_S = 30;

    /**
     * That of {@code folder}, made by the JDK's keytool if there is none, for this host and the loopback address.
     *
     * @throws IOException when the folder cannot be written, or there is no keytool
     */
    public static LoadTls in(Path folder, String host) throws IOException, InterruptedException {
        LoadTls tls = new LoadTls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        if (!Files.exists(tls.certificate) || !Files.exists(tls.key)) {
            Files.createDirectories(folder);
            Path store = folder.resolve(STORE);
            try {
                generate(store, host);
                tls.write(store);
            } catch (GeneralSecurityException e) {
                throw new IOException("no certificate could be made", e);
            } finally {
                Files.deleteIfExists(store);
            }
        }
        return tls;
    }

    private static void generate(Path store, String host) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "load",
                "-keyalg",
                "EC",
                "-validity",
                "3650",
                "-dname",
                "CN=ringdown load",
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "san=dns:" + host + ",dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(KEYTOOL_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool made no certificate: " + keytool);
        }
    }

    private void write(Path file) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(key);
        Files.createFile(key);
        key.toFile().setReadable(false, false);
        key.toFile().setReadable(true, true);
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        String alias = store.aliases().nextElement();
        Files.writeString(
                key,
                pem("PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(
                certificate, pem("CERTIFICATE", store.getCertificate(alias).getEncoded()));
    }

    private static String pem(String label, byte[] content) {
        byte[] newLine = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, newLine).encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    /** For the simulated model. */
    SslContext server() throws SSLException {
        return SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    }

    /** For the simulated carrier. */
    SslContext client() throws SSLException {
        return SslContextBuilder.forClient().trustManager(certificate.toFile()).build();
    }
}
