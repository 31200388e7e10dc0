package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A connection of the carrier as a server makes it, on a real lane, without a network and with the test's clock. */
final class CarrierConnection {
    static final String PUBLIC_URL = "https://voice.example.com";
    static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    static final String OPEN_UPGRADE = "GET /twilio/media HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final int LANE_CALLS = 2;

    final Admission admission;
    final CallRegistry registry = new CallRegistry();
    final List<CallSummary> summaries = new ArrayList<>();
    final List<HangupCommand> hangups = new ArrayList<>();
    final Authentication authentication;
    final EmbeddedChannel channel = new EmbeddedChannel();
    private final Optional<PublicUrl> publicUrl;
    private final Workbench workbench = new Workbench(() -> 0);
    private long nowNs;
    final Lane lane = new Lane(
            "lane-0", new LaneSettings(64, LANE_CALLS, 64, 8, 16_000, 16_000), () -> nowNs, hangups::add, () -> {});
    boolean openerFails;
    Optional<String> agent = Optional.of("default");
    final List<String> asked = new ArrayList<>();

    /** As in production. */
    static CarrierConnection validated(int maxCalls) {
        URI url = URI.create(PUBLIC_URL);
        return new CarrierConnection(
                maxCalls,
                new Authentication(
                        Optional.of(new TwilioSignature(List.of(AUTH_TOKEN), url)),
                        Optional.of(new StreamTokens(AUTH_TOKEN)),
                        Optional.of(SpokenTwilio.ACCOUNT)),
                Optional.of(new PublicUrl(url)));
    }

    /** As a test's carrier finds it: nothing is checked and no public URL known. */
    static CarrierConnection open(int maxCalls) {
        return new CarrierConnection(
                maxCalls, new Authentication(Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty());
    }

    private CarrierConnection(int maxCalls, Authentication authentication, Optional<PublicUrl> publicUrl) {
        this.admission = new Admission(maxCalls);
        this.authentication = authentication;
        this.publicUrl = publicUrl;
        channel.freezeTime();
        serve(channel);
    }

    /** Another connection to the same server. */
    EmbeddedChannel another() {
        EmbeddedChannel another = new EmbeddedChannel();
        another.freezeTime();
        serve(another);
        return another;
    }

    private void serve(EmbeddedChannel connection) {
        HttpPipeline.install(connection.pipeline(), 64 * 1024);
        Webhooks webhooks =
                new Webhooks(authentication, new StreamUrl(publicUrl, false), admission, this::agentFor, registry);
        connection.pipeline().addLast(new CarrierEntry(webhooks, new StreamUpgrade(admission, this::open)));
    }

    private Optional<String> agentFor(String name, String called, String callSid) {
        asked.add(name + " " + called + " " + callSid);
        return agent;
    }

    private TwilioLeg open(Consumer<CallSummary> whenOver) {
        if (openerFails) {
            throw new IllegalStateException("told to fail");
        }
        TwilioLeg[] leg = new TwilioLeg[1];
        CallPort opened = lane.open(
                TwilioLegOnLane.SETTINGS,
                port -> {
                    leg[0] = new TwilioLeg(port, workbench, start -> {
                        String refusal = authentication.refusal(start);
                        if (refusal == null) {
                            registry.register(start.callSid(), port.address());
                        }
                        return new Admittance(null, refusal);
                    });
                    return new Legs(leg[0], new FakeModel());
                },
                summary -> {
                    summaries.add(summary);
                    whenOver.accept(summary);
                });
        return opened == null ? null : leg[0];
    }

    /** Sends the bytes, and returns what came back for them. */
    String send(String bytes) {
        return send(channel, bytes);
    }

    String send(EmbeddedChannel connection, String bytes) {
        connection.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
        turn();
        return received(connection);
    }

    static String received(EmbeddedChannel connection) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf bytes = connection.readOutbound(); bytes != null; bytes = connection.readOutbound()) {
            all.append(bytes.toString(UTF_8));
            bytes.release();
        }
        return all.toString();
    }

    /** A form, signed by the carrier. */
    String post(String path, Map<String, String> form) {
        return send(signed(path, form));
    }

    static String signed(String path, Map<String, String> form) {
        return request(path, form, "X-Twilio-Signature: " + signature("https", path, form) + "\r\n");
    }

    String postUnsigned(String path, Map<String, String> form) {
        return send(request(path, form, ""));
    }

    static String request(String path, Map<String, String> form, String headers) {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return "POST " + path + " HTTP/1.1\r\nHost: voice.example.com\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    String signedUpgrade() {
        return OPEN_UPGRADE + "X-Twilio-Signature: " + signature("wss", "/twilio/media", Map.of()) + "\r\n\r\n";
    }

    static String signature(String scheme, String path, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(scheme + "://voice.example.com" + path);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(AUTH_TOKEN.getBytes(US_ASCII), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** One short text message, masked as a client must. */
    static ByteBuf text(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        ByteBuf frame = Unpooled.buffer().writeByte(0x81);
        if (bytes.length < 126) {
            frame.writeByte(0x80 | bytes.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(bytes.length);
        }
        return frame.writeInt(0).writeBytes(bytes); // masked with zeros
    }

    void pass(long seconds) {
        nowNs += TimeUnit.SECONDS.toNanos(seconds);
        turn();
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        turn();
    }

    void turn() {
        while (lane.doWork() > 0) {
            // until nothing is left to do
        }
    }
}
