package io.ringdown.bridge.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringdown.bridge.simulator.carrier.Account;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A carrier of {@code https://voice.example.com}, genuine or not, request by request: what it signs is up to the test. */
record SignedCarrier(Account account, InetSocketAddress address) {
    static final String WEBHOOK = "https://voice.example.com/twilio/voice";
    static final String STREAM = "wss://voice.example.com/twilio/media";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    /** What Twilio would sign: the URL, and the form's names and values in the order of the names. */
    String signature(String signed) {
        return signature(account.authToken(), signed);
    }

    static String signature(String authToken, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String form(String callSid) {
        return "AccountSid=" + account.sid() + "&CallSid=" + callSid;
    }

    /** As it is signed. */
    String signedForm(String callSid) {
        return "AccountSid" + account.sid() + "CallSid" + callSid;
    }

    /** The answer, status line first, to a webhook with these header lines, each ended by CRLF. */
    String webhook(String callSid, String headers) throws IOException {
        String form = form(callSid);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            String request = "POST /twilio/voice HTTP/1.1\r\nConnection: close\r\n" + headers
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                    + form;
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    String genuineWebhook(String callSid) throws IOException {
        String signature = signature(WEBHOOK + signedForm(callSid));
        return webhook(callSid, "Host: voice.example.com\r\nX-Twilio-Signature: " + signature + "\r\n");
    }

    /** The stream token that the answer to a genuine webhook holds. */
    String token(String callSid) throws IOException {
        String answer = genuineWebhook(callSid);
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("no token in " + answer);
        }
        return token.group(1);
    }

    /** A stream let in by its genuine signature. */
    RawSocket stream() throws IOException {
        return RawSocket.connect(address, "/twilio/media", "X-Twilio-Signature: " + signature(STREAM) + "\r\n")
                .listening();
    }

    /** The stream's first message, with that token. */
    String start(String callSid, String token) {
        return RawCall.start(callSid)
                .replace(UnderAttack.ACCOUNT, account.sid())
                .replace("k7Qp", token);
    }
}
