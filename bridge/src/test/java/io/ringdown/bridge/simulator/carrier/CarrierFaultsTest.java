package io.ringdown.bridge.simulator.carrier;

import static io.ringdown.bridge.simulator.carrier.CallerAction.breakOffMidFrame;
import static io.ringdown.bridge.simulator.carrier.CallerAction.drop;
import static io.ringdown.bridge.simulator.carrier.CallerAction.hangUp;
import static io.ringdown.bridge.simulator.carrier.CallerAction.holdMedia;
import static io.ringdown.bridge.simulator.carrier.CallerAction.pauseMedia;
import static io.ringdown.bridge.simulator.carrier.CallerAction.reset;
import static io.ringdown.bridge.simulator.carrier.CallerAction.sendText;
import static io.ringdown.bridge.simulator.carrier.CallerAction.stallReading;
import static io.ringdown.bridge.simulator.carrier.CallerAction.stallReadingForGood;
import static io.ringdown.bridge.simulator.carrier.PlayoutTest.audio;
import static io.ringdown.bridge.simulator.carrier.SimulatedCarrierTest.ending;
import static io.ringdown.bridge.simulator.carrier.TestBridgeLeg.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.carrier.CallEnding.Cause;
import io.ringdown.bridge.simulator.carrier.CallMoment.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a network and a caller can do to a bridge. */
class CarrierFaultsTest {
    private static final long MS = 1_000_000;
    private static final int BURST_S = 200;

    private final TestBridge bridge = new TestBridge();
    private final SimulatedCarrier carrier = SimulatedCarrier.start(Account.unsigned("AC1"));

    @AfterEach
    void closeBoth() {
        carrier.close();
        bridge.close();
    }

    @Test
    void shouldStopReadingForAWhile() throws Exception {
        CarrierCall call = carrier.place(plan().withReceiveBufferBytes(4_096));
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(stallReading(1_000));
        soon().until(() -> !call.moments(Kind.ACTION).isEmpty());
        sendBurst(leg);
        soon().until(leg::isBackedUp);
        long stalledNs = call.moments(Kind.ACTION).get(0).atNs();
        soon().until(() -> call.downlinkBytes() == BURST_S * 8_000L);
        List<CallMoment> media = call.moments(Kind.MEDIA_RECEIVED);
        assertThat(media.get(media.size() - 1).atNs() - stalledNs).isGreaterThan(1_000 * MS);
    }

    @Test
    void shouldStopReadingUntilTheCallEnds() throws Exception {
        CarrierCall call = carrier.place(plan().withReceiveBufferBytes(4_096));
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(stallReadingForGood());
        soon().until(() -> !call.moments(Kind.ACTION).isEmpty());
        sendBurst(leg);
        soon().during(Duration.ofMillis(200)).until(leg::isBackedUp);
        carrier.completedByRest(call.callSid());
        soon().until(() -> leg.all("stop").size() == 1);
        assertThat(ending(call).cause()).isEqualTo(Cause.COMPLETED_BY_REST);
    }

    @Test
    void shouldVanishWithoutStop() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(drop());
        soon().until(leg::isClosed);
        assertThat(leg.failure()).isNull();
        assertThat(leg.all("stop")).isEmpty();
        assertThat(leg.closeCode()).isZero();
        assertThat(ending(call).cause()).isEqualTo(Cause.VANISHED);
    }

    @Test
    void shouldResetTheConnection() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(reset());
        soon().until(leg::isClosed);
        assertThat(leg.failure()).hasMessageContaining("reset");
        assertThat(ending(call).cause()).isEqualTo(Cause.VANISHED);
    }

    @Test
    void shouldFallSilentInTheMiddleOfAFrame() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(breakOffMidFrame());
        soon().until(() -> leg.rawTail().endsWith("\"sequenceNumber\":\"999\","));
        int messages = leg.all().size();
        leg.media(audio(20, 1));
        leg.mark("end");
        soon().until(() -> call.marks().size() == 1);
        assertThat(leg.all()).hasSize(messages);
        assertThat(leg.isClosed()).isFalse();
        assertThat(call.isOver()).isFalse();
        leg.close(1001);
        assertThat(ending(call).cause()).isEqualTo(Cause.SERVER_CLOSED);
    }

    @Test
    void shouldJustCloseWhenCompletedAfterBreakingOff() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(breakOffMidFrame());
        carrier.completedByRest(call.callSid());
        assertThat(ending(call).cause()).isEqualTo(Cause.COMPLETED_BY_REST);
        soon().until(leg::isClosed);
        assertThat(leg.all("stop")).isEmpty();
    }

    @Test
    void shouldLoseDelayAndDoubleEchoes() throws Exception {
        CarrierCall call = carrier.place(plan().withEchoes(due -> switch (due.name()) {
            case "lost" -> Echo.LOST;
            case "late" -> Echo.late(100);
            case "twice" -> Echo.TWICE;
            default -> Echo.PROMPT;
        }));
        TestBridgeLeg leg = bridge.leg().started();
        List.of("lost", "late", "twice", "prompt").forEach(leg::mark);
        assertThat(leg.marks(4)).containsExactlyInAnyOrder("twice", "twice", "prompt", "late");
        assertThat(call.marks()).extracting(MarkEcho::name).containsExactly("lost", "late", "twice", "prompt");
        MarkEcho late = call.marks().get(1);
        assertThat(call.moments(Kind.MARK_ECHOED))
                .filteredOn(echoed -> echoed.detail().equals("late"))
                .singleElement()
                .satisfies(echoed -> assertThat(echoed.atNs() - late.dueNs()).isGreaterThanOrEqualTo(100 * MS));
    }

    @Test
    void shouldEchoClearedMarksAmongThoseOfTheNextGeneration() throws Exception {
        carrier.place(plan().withEchoes(due -> due.cleared() ? Echo.late(500) : Echo.PROMPT));
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(5_000, 1));
        leg.mark("old");
        leg.clear();
        leg.mark("new");
        assertThat(leg.marks(2)).containsExactly("new", "old");
    }

    @Test
    void shouldNeverSendStart() throws Exception {
        CarrierCall call = carrier.place(plan().withStartDelayMs(CallPlan.NEVER));
        TestBridgeLeg leg = bridge.leg();
        soon().until(() -> leg.events().equals(List.of("connected")));
        leg.send("{\"event\":\"clear\",\"streamSid\":\"" + call.streamSid() + "\"}");
        soon().until(() -> call.violations().size() == 1);
        assertThat(call.violations().get(0)).startsWith("31951 before start");
        call.perform(hangUp());
        assertThat(ending(call).cause()).isEqualTo(Cause.CALLER_HUNG_UP);
        assertThat(leg.events()).containsExactly("connected");
    }

    @Test
    void shouldSendStartLate() throws Exception {
        CarrierCall call = carrier.place(plan().withStartDelayMs(150));
        bridge.leg().started();
        long connectedNs = call.moments(Kind.CONNECTED).get(0).atNs();
        assertThat(call.moments(Kind.START_SENT).get(0).atNs() - connectedNs).isGreaterThanOrEqualTo(150 * MS);
    }

    @Test
    void shouldLeaveAGapInTheMedia() throws Exception {
        CarrierCall call = carrier.place(plan().withScript(CallerScript.SILENT.at(0, pauseMedia(200))));
        TestBridgeLeg leg = bridge.leg().started();
        soon().until(() -> leg.all("media").size() >= 2);
        long startNs = call.moments(Kind.START_SENT).get(0).atNs();
        assertThat(leg.all("media").get(0).atNs() - startNs).isGreaterThanOrEqualTo(180 * MS);
        assertThat(leg.all("media").get(0).json().at("/media/timestamp").asText())
                .isEqualTo("220");
    }

    @Test
    void shouldSendHeldMediaAtOnce() throws Exception {
        CarrierCall call = carrier.place(plan().withScript(CallerScript.SILENT.at(0, holdMedia(200))));
        TestBridgeLeg leg = bridge.leg().started();
        soon().until(() -> leg.all("media").size() >= 11);
        TestBridgeLeg.Received first = leg.all("media").get(0);
        assertThat(first.json().at("/media/timestamp").asText()).isEqualTo("20");
        long startNs = call.moments(Kind.START_SENT).get(0).atNs();
        assertThat(first.atNs() - startNs).isGreaterThanOrEqualTo(180 * MS);
    }

    @Test
    void shouldSendWhateverTextATestWants() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        String hostile = "{\"event\":\"media\",\"pay\u0000\u05d1";
        call.perform(sendText(hostile));
        soon().until(() -> leg.raw().contains(hostile));
    }

    @Test
    void shouldDropTheCallersVoiceRatherThanPileItUp() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.stopReading();
        call.perform(sendText("x".repeat(8 * 1024 * 1024)));
        soon().until(() -> call.unsentBytes() > 0);
        assertThat(call.uplinkBytes() + call.unsentBytes()).isPositive();
    }

    private CallPlan plan() {
        return CallPlan.via(bridge.stream());
    }

    private static void sendBurst(TestBridgeLeg leg) {
        byte[] second = audio(1_000, 1);
        for (int i = 0; i < BURST_S; i++) {
            leg.media(second);
        }
    }
}
