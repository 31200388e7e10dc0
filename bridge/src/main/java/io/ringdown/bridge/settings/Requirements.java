package io.ringdown.bridge.settings;

import static io.ringdown.bridge.settings.Keys.ADMIN_LISTEN;
import static io.ringdown.bridge.settings.Keys.ADMIN_TOKEN;
import static io.ringdown.bridge.settings.Keys.JOURNAL_DIR;
import static io.ringdown.bridge.settings.Keys.MODEL_API_KEY;
import static io.ringdown.bridge.settings.Keys.MODEL_CA;
import static io.ringdown.bridge.settings.Keys.MODEL_URL;
import static io.ringdown.bridge.settings.Keys.PUBLIC_URL;
import static io.ringdown.bridge.settings.Keys.TLS_CERTIFICATE;
import static io.ringdown.bridge.settings.Keys.TLS_KEY;
import static io.ringdown.bridge.settings.Keys.TWILIO_ACCOUNT_SID;
import static io.ringdown.bridge.settings.Keys.TWILIO_API_URL;
import static io.ringdown.bridge.settings.Keys.TWILIO_AUTH_TOKEN;
import static io.ringdown.bridge.settings.Keys.TWILIO_VALIDATE_SIGNATURE;
import static io.ringdown.bridge.settings.Keys.WEBHOOK_SECRET;
import static io.ringdown.bridge.settings.Keys.WEBHOOK_URL;

import io.ringdown.bridge.settings.PemForms.FromFile;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What one key asks of another. A key whose own value was refused asks for nothing. */
final class Requirements {
    private final Values values;
    private final String file;

    Requirements(Values values, String file) {
        this.values = values;
        this.file = file;
    }

    void check() {
        checkSignatures();
        checkRestCredentials();
        checkTls();
        checkModel();
        checkAdmin();
        checkWebhook();
    }

    private void checkSignatures() {
        if (values.refused(TWILIO_VALIDATE_SIGNATURE) || !values.get(TWILIO_VALIDATE_SIGNATURE)) {
            return;
        }
        require(PUBLIC_URL, "signatures are checked against it");
        require(TWILIO_AUTH_TOKEN, "signatures are checked with it");
        boolean plain = values.find(PUBLIC_URL)
                .filter(url -> !url.getScheme().equals("https"))
                .isPresent();
        if (plain) {
            values.problem(file, PUBLIC_URL, "must be https while signatures are validated");
        }
    }

    /**
     * Half of the credentials is a mistake. None is not: without validation, and without REST, a hangup closes the
     * stream, which ends the call too. A loopback API is a simulator and may take what it likes.
     */
    private void checkRestCredentials() {
        if (values.refused(TWILIO_API_URL)
                || HostAndPort.loopback(values.get(TWILIO_API_URL).getHost())) {
            return;
        }
        boolean validated = values.get(TWILIO_VALIDATE_SIGNATURE) && !values.refused(TWILIO_VALIDATE_SIGNATURE);
        if (validated || !values.missing(TWILIO_AUTH_TOKEN)) {
            require(TWILIO_ACCOUNT_SID, "REST needs it beside the auth token");
        }
        if (!validated && !values.missing(TWILIO_ACCOUNT_SID)) {
            require(TWILIO_AUTH_TOKEN, "REST needs it beside the account SID");
        }
    }

    private void checkTls() {
        boolean certificate = !values.missing(TLS_CERTIFICATE);
        boolean key = !values.missing(TLS_KEY);
        if (certificate && !key) {
            require(TLS_KEY, "a certificate is shown only with its key");
        } else if (key && !certificate) {
            require(TLS_CERTIFICATE, "a key is used only with its certificate");
        } else if (certificate && !values.refused(TLS_CERTIFICATE) && !values.refused(TLS_KEY)) {
            checkPair(
                    values.find(TLS_CERTIFICATE).orElseThrow(),
                    values.find(TLS_KEY).orElseThrow());
        }
    }

    private void checkPair(FromFile<List<X509Certificate>> chain, FromFile<PrivateKey> key) {
        if (!PemForms.belongTogether(chain.content().get(0).getPublicKey(), key.content())) {
            values.problem(file, TLS_KEY, PemForms.strangers(chain.file(), key.file()));
        }
    }

    private void checkModel() {
        if (values.refused(MODEL_URL)) {
            return;
        }
        if (values.get(MODEL_URL).getScheme().equals("wss")) {
            require(MODEL_API_KEY, "a wss model asks for it");
        } else if (values.find(MODEL_CA).isPresent()) {
            values.problem(file, MODEL_CA, "given, but a ws model shows no certificate");
        }
    }

    private void checkAdmin() {
        if (!values.refused(ADMIN_LISTEN) && !values.get(ADMIN_LISTEN).loopback()) {
            require(ADMIN_TOKEN, "others can reach " + ADMIN_LISTEN);
        }
    }

    private void checkWebhook() {
        if (values.missing(WEBHOOK_URL)) {
            if (!values.missing(WEBHOOK_SECRET)) {
                require(WEBHOOK_URL, "its secret is given");
            }
        } else if (!values.refused(JOURNAL_DIR) && values.get(JOURNAL_DIR).isEmpty()) {
            values.problem(file, WEBHOOK_URL, "given, but journal_dir is empty: records wait there for the webhook");
        }
    }

    private void require(Key<?> key, String why) {
        if (values.missing(key)) {
            values.problem(file, key, "missing; " + why);
        }
    }
}
