package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.LONG_GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelSession;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One hostile peer costs one call: a healthy call beside it hears its goodbye whole and is hung up once. */
class HostilePeersIT {
    private static final String SID = "%SID%";
    private static final int HUGE = 10 * 1024 * 1024;

    /** Messages that a carrier should never send; each is to be dropped, and none ends the call. */
    private static final List<String> VECTORS = List.of(
            "{  \"streamSid\" :\t\"%SID%\" , \"media\":{ \"payload\":\"/////w==\" ,\n \"timestamp\":\"40\",\"chunk\":\"2\",\"track\":\"inbound\" }, \"event\" : \"media\" }",
            "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"60\",\"payload\":\"\\/\\/\\/\\/\\/w==\"},\"streamSid\":\"%SID%\"}",
            "{\"\\u0065vent\":\"med\\u0069a\",\"media\":{\"timestamp\":\"80\",\"p\\u0061yload\":\"\\u002f\\u002F///w\\u003d=\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"sequenceNumber\":4294967297,\"media\":{\"chunk\":5,\"timestamp\":100,\"payload\":\"/////w==\",\"codec\":{\"x\":[1,2,{}]}},\"streamSid\":\"%SID%\",\"v\":2}",
            "{\"event\":\"media\",\"media\":\"/////w==\",\"streamSid\":12345}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"140\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"160\",\"payload\":null},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"180\",\"payload\":\"\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"200\",\"payload\":\"/////w==\"},\"streamSid\":\"MZ99999999999999999999999999999999\"}",
            "{\"event\":\"media\",\"media\":{\"track\":\"outbound\",\"timestamp\":\"200\",\"payload\":\"/////w==\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"220\",\"payload\":\"//*//w==\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"240\",\"payload\":\"/////\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"260\",\"payload\":\"/////w===\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"280\",\"payload\":\"/////w\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"media\",\"media\":{\"timestamp\":\"300\",\"payload\":\"/////x==\"},\"streamSid\":\"%SID%\"}",
            "{\"event\":\"transcription\",\"streamSid\":\"%SID%\",\"transcription\":{\"text\":\"hi\"}}",
            "[{\"event\":\"media\"}]",
            "null",
            "",
            "{\"event\":\"media\",\"sequenceNumber\":\"19\",\"media\":{\"track\":\"inbound\",\"pay",
            "{\"event\":\"dtmf\",\"streamSid\":\"%SID%\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"#\"}}",
            "{\"event\":\"dtmf\",\"streamSid\":\"%SID%\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"\"}}",
            "{\"event\":\"dtmf\",\"streamSid\":\"%SID%\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"12\"}}",
            "{\"event\":\"mark\",\"streamSid\":\"%SID%\",\"mark\":{\"name\":\"g3.m17\"}}",
            "{\"event\":\"mark\",\"streamSid\":\"%SID%\",\"mark\":{\"name\":\"never-sent\"}}",
            "{\"event\":\"mark\",\"streamSid\":\"%SID%\"}",
            "{\"event\":\"mark\",\"streamSid\":\"%SID%\",\"mark\":{\"name\":\"a\\ud800b\\u0000c\\r\\nd\"}}",
            "{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ99999999999999999999999999999999\",\"callSid\":\"CA9\",\"accountSid\":\"AC9\"},\"streamSid\":\"MZ99999999999999999999999999999999\"}",
            "{\"event\":\"media\",\"event\":\"stop\",\"media\":{\"timestamp\":\"320\",\"payload\":\"/////w==\"},\"streamSid\":\"%SID%\"}");

    private static Scene scene() throws Exception {
        return Scene.with(ModelScript.script().greeting(saying("long_goodbye")), NO_PROTECTION);
    }

    private static CarrierCall healthy(Scene scene) {
        return scene.place(plan -> plan);
    }

    private static CarrierCall attacker(Scene scene, CallerAction action) {
        CarrierCall attacker = scene.testbed
                .carrier()
                .place(CallPlan.via(scene.testbed.route()).withScript(CallerScript.SILENT.whileHearing(100, action)));
        await().atMost(Duration.ofSeconds(20)).until(() -> attacker.heardBytes() > 0);
        return attacker;
    }

    private static void assertUnharmed(Scene scene, CarrierCall healthy) throws Exception {
        healthy.ending().get(60, TimeUnit.SECONDS);
        scene.assertHungUpOnceAfterHearing(LONG_GOODBYE);
        assertThat(healthy.heardBytes()).isEqualTo(LONG_GOODBYE.length);
    }

    @Test
    void shouldDropWhatNoCarrierWouldSendAndCarryOnWithThatCallToo() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            CarrierCall attacker = attacker(scene, CallerAction.sendText(""));
            for (String vector : VECTORS) {
                attacker.perform(CallerAction.sendText(vector.replace(SID, attacker.streamSid())));
            }
            attacker.ending().get(60, TimeUnit.SECONDS);
            assertThat(attacker.heardBytes()).isEqualTo(LONG_GOODBYE.length);
            assertThat(scene.testbed.rest().requests(attacker.callSid())).hasSize(1);
            assertUnharmed(scene, healthy);
        }
    }

    @Test
    void shouldEndTheCallOfAPeerThatSendsTenMegabytesAtOnce() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            CarrierCall attacker = attacker(scene, CallerAction.sendText("/".repeat(HUGE)));
            attacker.ending().get(20, TimeUnit.SECONDS);
            assertUnharmed(scene, healthy);
        }
    }

    @Test
    void shouldEndTheCallOfAPeerThatOnlySendsRubbish() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            CarrierCall attacker = attacker(scene, CallerAction.sendText("{"));
            for (int i = 0; i < 200; i++) {
                attacker.perform(CallerAction.sendText("{"));
            }
            attacker.ending().get(20, TimeUnit.SECONDS);
            assertThat(attacker.heardBytes()).isLessThan(LONG_GOODBYE.length);
            assertUnharmed(scene, healthy);
        }
    }

    @Test
    void shouldOutliveAPeerThatBreaksOffInMidFrame() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            CarrierCall attacker = attacker(scene, CallerAction.breakOffMidFrame());
            assertUnharmed(scene, healthy);
            attacker.ending().get(60, TimeUnit.SECONDS);
            await().until(() -> scene.testbed.server().liveCalls() == 0);
        }
    }

    @Test
    void shouldOutliveAPeerThatNeverReads() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            CarrierCall attacker = scene.testbed
                    .carrier()
                    .place(CallPlan.via(scene.testbed.route())
                            .withReceiveBufferBytes(4_096)
                            .withScript(CallerScript.SILENT.whileHearing(100, CallerAction.stallReadingForGood())));
            assertUnharmed(scene, healthy);
            attacker.ending().get(60, TimeUnit.SECONDS);
            assertThat(scene.testbed.rest().requests(attacker.callSid())).hasSize(1);
        }
    }

    @Test
    void shouldOutliveConnectionsThatAreNoCallAtAll() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            InetSocketAddress address = scene.testbed.server().address();
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket(address.getAddress(), address.getPort());
                socket.getOutputStream().write("\u0016\u0003\u0001 what is this".getBytes(StandardCharsets.ISO_8859_1));
                sockets.add(socket);
            }
            assertUnharmed(scene, healthy);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldOutliveAModelThatTalksRubbish() throws Exception {
        try (Scene scene = scene()) {
            CarrierCall healthy = healthy(scene);
            await().until(() -> healthy.heardBytes() > 0);
            ModelSession session = scene.testbed.model().sessions().get(0);
            session.send("{");
            session.send("[]");
            session.send("{\"type\":\"response.brand_new.event\",\"x\":{}}");
            session.send(
                    "{\"type\":\"response.output_audio.delta\",\"response_id\":\"resp_x\",\"item_id\":\"i\",\"content_index\":0,\"delta\":\"/////w==\"}");
            session.send("{\"type\":\"response.output_audio.delta\",\"delta\":12}");
            session.send(
                    "{\"type\":\"response.done\",\"response\":{\"id\":\"resp_unknown\",\"status\":\"cancelled\",\"status_details\":\"odd\"}}");
            session.send("{\"type\":\"error\",\"error\":null}");
            assertUnharmed(scene, healthy);
            assertThat(healthy.moments(CallMoment.Kind.CLEAR_RECEIVED)).isEmpty();
        }
    }
}
