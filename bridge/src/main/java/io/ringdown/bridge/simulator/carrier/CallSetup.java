package io.ringdown.bridge.simulator.carrier;

import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call's way from the first ring to an open stream, or to an ending without one. Event loop only. */
final class CallSetup {
    private static final Logger LOG = LoggerFactory.getLogger(CallSetup.class);
    private static final int MAX_UPGRADE_BYTES = 16 * 1024;

    private final CarrierCall call;
    private final Account account;
    private final Route route;
    private final long startedNs = System.nanoTime();

    CallSetup(CarrierCall call, Account account) {
        this.call = call;
        this.account = account;
        route = call.plan().route();
    }

    void begin() {
        call.plan()
                .statusUrl()
                .ifPresent(url -> call.ending()
                        .thenRun(() -> post(url, statusForm()).exceptionally(lost -> {
                            LOG.debug("status callback unanswered, call_sid={}", call.callSid(), lost);
                            return null;
                        })));
        if (route.entrance() == Route.Entrance.STREAM) {
            openStream(route.publicUrl(), call.plan().parameters());
            return;
        }
        call.log().note(CallMoment.Kind.WEBHOOK_SENT, "");
        post(route.publicUrl(), call.form(account, "ringing")).whenComplete(this::onVoiceAnswer);
    }

    private void onVoiceAnswer(SignedPost.Answer answer, Throwable lost) {
        if (lost != null) {
            call.ended(CallEnding.Cause.WEBHOOK_FAILED, 0, lost.toString());
            return;
        }
        call.log().note(CallMoment.Kind.WEBHOOK_ANSWERED, Integer.toString(answer.status()));
        if (call.isOver()) {
            call.ended(CallEnding.Cause.CARRIER_CLOSED, 0, "before the stream");
        } else if (answer.status() / 100 != 2) {
            call.ended(CallEnding.Cause.WEBHOOK_FAILED, answer.status(), answer.body());
        } else if (!answer.contentType().contains("xml")) {
            call.ended(CallEnding.Cause.WEBHOOK_FAILED, answer.status(), "12300 content type " + answer.contentType());
        } else {
            obey(answer);
        }
    }

    private void obey(SignedPost.Answer answer) {
        try {
            VoiceAnswer verb = TwiMl.read(answer.body());
            if (verb instanceof VoiceAnswer.Connect connect) {
                openStream(connect.url(), connect.parameters());
            } else if (verb instanceof VoiceAnswer.Reject reject) {
                call.ended(CallEnding.Cause.REJECTED, answer.status(), reject.reason());
            }
        } catch (XMLStreamException | IllegalArgumentException e) {
            call.ended(CallEnding.Cause.WEBHOOK_FAILED, answer.status(), e.getMessage());
        }
    }

    private void openStream(String url, Map<String, String> parameters) {
        CarrierHandshake handshake = new CarrierHandshake(url, account);
        StreamSocket socket = new StreamSocket(call, handshake, new UplinkMessages(call, account, parameters));
        Dial.on(call.loop())
                .receiveBufferBytes(call.plan().receiveBufferBytes())
                .connect(
                        route,
                        pipeline -> pipeline.addLast(
                                new HttpClientCodec(), new HttpObjectAggregator(MAX_UPGRADE_BYTES), socket))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        call.ended(
                                CallEnding.Cause.CONNECT_FAILED,
                                0,
                                connected.cause().toString());
                    }
                });
    }

    private CompletableFuture<SignedPost.Answer> post(String url, Map<String, String> form) {
        return SignedPost.send(call.loop(), route, new SignedPost.Message(account, url, form));
    }

    private Map<String, String> statusForm() {
        Map<String, String> form = new HashMap<>(call.form(account, "completed"));
        long durationS = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNs);
        form.put("CallDuration", Long.toString(durationS));
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", "0");
        return form;
    }
}
