package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate's files are replaced under a running server, by a symbolic link as Kubernetes and certbot do, or in place. */
class RenewedCertificateIT {
    private static final String HOST = "voice.example.com";

    @TempDir
    Path folder;

    private int swaps;

    @BeforeEach
    void link() throws IOException {
        Files.createSymbolicLink(folder.resolve("tls.crt"), Path.of("..data", "tls.crt"));
        Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("..data", "tls.key"));
    }

    private static X509Bundle bundle() throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + HOST)
                .setIsCertificateAuthority(true)
                .addSanDnsName(HOST)
                .buildSelfSigned();
    }

    /** Both files at once: the link moves. */
    private void show(String certificate, String key) throws IOException {
        String version = "..version_" + ++swaps;
        Path files = Files.createDirectory(folder.resolve(version));
        Files.writeString(files.resolve("tls.crt"), certificate);
        Files.writeString(files.resolve("tls.key"), key);
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void show(X509Bundle bundle) throws IOException {
        show(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM());
    }

    private static Certificate shownAt(InetSocketAddress address) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void shouldShowTheNewCertificateToNewConnectionsAndNoticeABrokenOne() throws Exception {
        X509Bundle first = bundle();
        X509Bundle second = bundle();
        X509Bundle third = bundle();
        show(first);
        String configuration = Scene.NO_PROTECTION + Scene.PATIENCE + "tls: {certificate: '" + folder.resolve("tls.crt")
                + "', key: '" + folder.resolve("tls.key") + "'}\n";
        SslContext client = SslContextBuilder.forClient()
                .trustManager(first.getCertificate(), second.getCertificate())
                .build();
        try (SimulatedModel model = SimulatedModel.start(ModelScript.script().greeting(saying("long_goodbye")));
                SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), configuration)) {
            CarrierCall live = carrier.place(CallPlan.via(serve.route().over(client)));
            await().until(() -> live.heardBytes() > 0);
            assertThat(shownAt(serve.address())).isEqualTo(first.getCertificate());

            show(second);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> shownAt(serve.address()).equals(second.getCertificate()));

            CarrierCall next = carrier.place(CallPlan.via(serve.route().over(client)));

            show(third.getCertificatePathPEM(), second.getPrivateKeyPEM());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> serve.lines.stream()
                            .anyMatch(line -> line.contains("the old one stays: the key in ")
                                    && line.contains("is not that of the first certificate in ")));
            assertThat(shownAt(serve.address())).isEqualTo(second.getCertificate());

            for (CarrierCall call : List.of(live, next)) {
                call.ending().get(60, TimeUnit.SECONDS);
                Stage.assertHungUpOnceAfterHearing(rest, call, Scene.LONG_GOODBYE);
            }
        }
    }
}
