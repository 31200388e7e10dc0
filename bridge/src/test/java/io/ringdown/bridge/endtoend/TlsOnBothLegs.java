package io.ringdown.bridge.endtoend;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import java.io.File;

/** A certificate for the bridge and one for the model, and what trusts them. */
final class TlsOnBothLegs {
    private static final String HOST = "voice.example.com";

    private final X509Bundle bridge;
    private final X509Bundle model;

    TlsOnBothLegs() throws Exception {
        bridge = builder(HOST).addSanDnsName(HOST).buildSelfSigned();
        model = builder("model").addSanIpAddress("127.0.0.1").buildSelfSigned();
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder().subject("CN=" + name).setIsCertificateAuthority(true);
    }

    /** For {@code ringdown.yaml}: the bridge shows its certificate, and trusts the model's. */
    String configuration() throws Exception {
        return configuration(model.toTempRootCertPem());
    }

    /** The same, but it is told to trust another than the model's. */
    String mistrusting() throws Exception {
        return configuration(bridge.toTempRootCertPem());
    }

    private String configuration(File ca) throws Exception {
        return "tls: {certificate: '" + bridge.toTempCertChainPem() + "', key: '" + bridge.toTempPrivateKeyPem()
                + "'}\nmodel: {api_key: sk-test, ca: '" + ca + "'}\n";
    }

    ModelEndpoint model() throws Exception {
        return ModelEndpoint.local()
                .withApiKey("sk-test")
                .withTls(
                        SslContextBuilder.forServer(model.toKeyManagerFactory()).build());
    }

    /** The carrier's, which trusts the bridge. */
    SslContext carrier() throws Exception {
        return SslContextBuilder.forClient()
                .trustManager(bridge.toTrustManager())
                .build();
    }
}
