package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.call.Turn;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final LaneSettings TINY_RING = new LaneSettings(16, 4, 256, 64, 16_000, 80_000);

    private LaneRig rig = new LaneRig();

    // admission

    @Test
    void shouldRefuseTheCallThatOneTooManyMakes() {
        IntStream.range(0, 4).forEach(i -> rig.talk());

        assertThat(rig.connect()).isNull();
        assertThat(rig.lane.calls()).isEqualTo(4);
    }

    @Test
    void shouldGiveASlotBackOnce() {
        LaneCall first = rig.talk();
        IntStream.range(1, 4).forEach(i -> rig.talk());

        first.publish(event -> event.happened(EventType.CARRIER_STOPPED));
        first.publish(event -> event.happened(EventType.CARRIER_LOST));
        rig.turn();
        first.happens(EventType.CARRIER_LOST);

        assertThat(rig.lane.calls()).isEqualTo(3);
        assertThat(rig.talk()).isNotNull();
        assertThat(rig.connect()).isNull();
    }

    @Test
    void shouldBeFromItsStartWhatTheStartSays() {
        CallSettings opened = rig.settings();
        LaneCall call = rig.connect();
        CallSettings agents = new CallSettings(
                "sales",
                opened.drain(),
                true,
                true,
                opened.goodbyes(),
                opened.voicemail(),
                Map.of(Clip.MODEL_LOST, new byte[1_600]),
                1,
                ModelAudioTest.withLead(TimeUnit.SECONDS.toNanos(1)));

        call.tell(event -> event.callStarted("CA1", agents));
        call.tell(event -> event.callStarted("CA1", opened));
        call.sessionOpens();

        assertThat(call.model.commands).as("it greets").contains("request GREETING");
        call.begins("r1");
        IntStream.range(0, 8).forEach(i -> call.delta("r1", 2_000));
        rig.turn();
        assertThat(call.carrier.messages).as("its own lead").hasSize(4);
        rig.runMs(2_100);
        call.happens(EventType.MODEL_LOST);
        rig.runMs(300);
        assertThat(call.carrier.audio.size()).as("its own clip").isEqualTo(16_000 + 1_600);
    }

    @Test
    void shouldGiveTheSlotBackWhenTheLegsCannotBeMade() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> rig.lane.open(
                            rig.settings(),
                            port -> {
                                throw new IllegalStateException("no legs");
                            },
                            summary -> {}))
                    .hasMessage("no legs");
        }

        assertThat(rig.lane.calls()).isZero();
        assertThat(rig.talk()).isNotNull();
    }

    @Test
    void shouldSendWhatWaitsOfAGoodbyeAlsoWhenTheLaneIsLate() {
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 5).forEach(i -> call.delta("r1", 1_920));
        call.tell(event -> event.transcriptDone("r1", "item", 0, "Goodbye."));
        call.ends("r1");
        assertThat(call.carrier.audio.size()).as("no more than the lead").isLessThan(9_600);

        rig.nowNs += TimeUnit.MILLISECONDS.toNanos(2_500);
        rig.turn();
        assertThat(rig.hangups).isEmpty();
        rig.runMs(1_300);
        assertThat(call.carrier.audio.size()).isEqualTo(9_600);
        assertThat(rig.hangups).hasSize(1);
    }

    // isolation

    @Test
    void shouldKeepEventsOfACallThatIsOverFromTheNextInItsSlot() {
        LaneCall first = rig.talk();
        first.hangsUp();
        LaneCall second = rig.talk();
        assertThat(second.port.address().slot()).isEqualTo(first.port.address().slot());

        first.hangsUp();
        first.callerSpeaks();
        boolean published = first.port.address().tell(event -> event.operatorHungUp(false));
        rig.turn();

        assertThat(published).isTrue();
        assertThat(second.isOver()).isFalse();
        assertThat(second.model.audio.size()).isZero();
        assertThat(rig.hangups).isEmpty();
        assertThat(rig.lane.counters().get(LaneCounter.EVENTS_STALE)).isEqualTo(3);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldKeepTimersOfACallThatIsOverFromTheNextInItsSlot() {
        LaneCall first = rig.connect();
        rig.runMs(4_000);
        first.hangsUp();
        LaneCall second = rig.connect();

        rig.runMs(4_900);
        assertThat(second.carrier.closes).isZero();

        rig.runMs(100);
        assertThat(second.carrier.closes).isEqualTo(1);
    }

    @Test
    void shouldIgnoreCallerAudioRefusedAfterTheEnd() {
        LaneCall first = rig.talk();
        first.hangsUp();
        LaneCall second = rig.talk();

        first.port.callerAudioRefused(160);
        second.hangsUp();

        assertThat(second.summaries.get(0).uplink().inBytes()).isZero();
    }

    // what operators see

    @Test
    void shouldShowItsCallsToWhomAsks() {
        LaneCall first = rig.talk();
        LaneCall second = rig.connect();
        long asked = rig.lane.askForCensus();
        assertThat(rig.lane.hasWork()).isTrue();
        assertThat(rig.lane.census().number()).isLessThan(asked);

        rig.turn();

        Census census = rig.lane.census();
        assertThat(census.number()).isEqualTo(asked);
        assertThat(census.takenNs()).isEqualTo(rig.nowNs);
        assertThat(census.calls())
                .containsExactly(
                        new CallSnapshot("CA0.1", "default", Phase.TALKING, Turn.LISTENING, rig.nowNs),
                        new CallSnapshot(null, "default", Phase.AWAITING_START, Turn.LISTENING, rig.nowNs));
        assertThat(first.isOver() || second.isOver()).isFalse();
    }

    @Test
    void shouldMakeOneCensusForAllWhoAskedAndNoneForNobody() {
        rig.talk();
        rig.lane.askForCensus();
        long last = rig.lane.askForCensus();
        rig.turn();
        Census census = rig.lane.census();
        assertThat(census.number()).isEqualTo(last);

        rig.talk();
        rig.runMs(2_000);

        assertThat(rig.lane.census()).isSameAs(census);
        assertThat(rig.lane.hasWork()).isFalse();
    }

    @Test
    void shouldShowWhatWasPublishedBeforeItWasAsked() {
        LaneCall call = rig.talk();
        call.publish(event -> event.happened(EventType.CARRIER_STOPPED));
        rig.lane.askForCensus();
        rig.turn();
        assertThat(rig.lane.census().calls()).noneMatch(seen -> seen.phase() == Phase.TALKING);
    }

    @Test
    void shouldBeWokenByWhoAsks() {
        int before = rig.wakeups;
        rig.lane.askForCensus();
        assertThat(rig.wakeups).isEqualTo(before + 1);
    }

    // other threads

    @Test
    void shouldSeeAnEventOfAnotherThreadAndBeWokenBehindIt() {
        List<Boolean> publishedAtWakeup = new ArrayList<>();
        LaneRig parked = new LaneRig();
        Lane[] lane = new Lane[1];
        lane[0] = new Lane(
                "lane-0",
                LaneRig.SMALL,
                () -> parked.nowNs,
                command -> true,
                () -> publishedAtWakeup.add(lane[0].hasWork()));
        LaneCall call = new LaneCall(parked);
        call.port = lane[0].open(parked.settings(), port -> new Legs(call.carrier, call.model), call.summaries::add);
        lane[0].doWork();
        assertThat(lane[0].hasWork()).isFalse();

        CompletableFuture.supplyAsync(() -> call.port.address().tell(event -> event.happened(EventType.CARRIER_LOST)))
                .join();

        assertThat(publishedAtWakeup).containsExactly(true);
        lane[0].doWork();
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void shouldRefuseOtherThreadsWhileTheReserveIsAllThatIsFree() {
        rig = new LaneRig(TINY_RING);
        LaneCall call = rig.talk();
        CallAddress address = call.port.address();

        int told = 0;
        while (address.tell(event -> event.digitPressed("1"))) {
            told++;
        }

        assertThat(told).isEqualTo(12);
        assertThat(rig.wakeups).isEqualTo(12);
        assertThat(rig.lane.counters().get(LaneCounter.EVENTS_REFUSED)).isEqualTo(1);
        IntStream.range(0, 4)
                .forEach(i -> assertThat(call.publish(event -> event.digitPressed("2")))
                        .isTrue());
        assertThat(address.tell(event -> event.digitPressed("3"))).isFalse();

        rig.turn();
        assertThat(address.tell(event -> event.digitPressed("4"))).isTrue();
    }

    // a full ring

    @Test
    void shouldDrainAFullRingOnTheSpot() {
        rig = new LaneRig(TINY_RING);
        LaneCall call = rig.talk();

        for (int i = 0; i < 100; i++) {
            call.callerSpeaks();
        }
        rig.turn();

        assertThat(call.model.audio.size()).isEqualTo(100 * 160);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldLeaveNothingBehindForWhatIsReadAfterIt() {
        rig = new LaneRig(new LaneSettings(8_192, 4, 256, 64, 16_000, 80_000));
        LaneCall call = rig.talk();

        IntStream.range(0, 8_192)
                .forEach(i -> assertThat(call.publish(event -> event.digitPressed("1")))
                        .isTrue());
        rig.lane.counters().takeMostEventsWaiting();
        rig.lane.doWork();

        assertThat(rig.lane.eventsWaiting()).isZero();
        assertThat(rig.lane.counters().takeMostEventsWaiting()).isEqualTo(8_192);
    }

    @Test
    void shouldServeBetweenTwoSocketsOnceMuchWaits() {
        rig = new LaneRig();
        LaneCall call = rig.talk();
        LaneCall other = rig.talk();

        speaksBetweenSockets(call, 31);
        assertThat(call.model.audio.size()).as("little waits for the turn").isZero();
        other.callerSpeaks();
        rig.lane.afterReading();

        assertThat(call.model.audio.size()).isEqualTo(31 * 160);
        assertThat(other.model.audio.size()).isEqualTo(160);
        assertThat(rig.lane.eventsWaiting()).isZero();
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldLookAtASocketThatIsFullOnceATurn() {
        rig = new LaneRig();
        LaneCall full = callWithAFullSocket();
        LaneCall other = rig.talk();

        full.model.looks = 0;
        speaksBetweenSockets(other, 3 * 32);
        assertThat(other.model.audio.size()).isEqualTo(3 * 32 * 160);
        assertThat(full.model.looks).isZero();

        full.model.writable = true;
        rig.turn();
        assertThat(full.model.audio.size()).isEqualTo(160);
    }

    @Test
    void shouldLetGoOnceOfACallThatEndsBetweenSocketsWhileItsOwnIsFull() {
        rig = new LaneRig();
        LaneCall full = callWithAFullSocket();
        LaneCall other = rig.talk();

        full.publish(event -> event.happened(EventType.CARRIER_STOPPED));
        speaksBetweenSockets(other, 31);
        assertThat(full.summaries).hasSize(1);
        rig.turn();

        assertThat(full.summaries).hasSize(1);
        assertThat(rig.lane.calls()).isEqualTo(1);
        IntStream.range(0, 3).forEach(i -> assertThat(rig.connect()).isNotNull());
        assertThat(rig.connect()).isNull();
    }

    private LaneCall callWithAFullSocket() {
        LaneCall full = rig.talk();
        full.model.writable = false;
        full.callerSpeaks();
        rig.turn();
        return full;
    }

    private void speaksBetweenSockets(LaneCall call, int frames) {
        for (int i = 0; i < frames; i++) {
            call.callerSpeaks();
            rig.lane.afterReading();
        }
    }

    @Test
    void shouldServeNobodyElseWhileACallIsOnTheStack() {
        rig = new LaneRig();
        LaneCall call = new LaneCall(rig);
        LaneCall other = rig.talk();
        List<Integer> sentMeanwhile = new ArrayList<>();
        CarrierLeg reading = new RelayingCarrier(call.carrier) {
            @Override
            public void close() {
                IntStream.range(0, 40).forEach(i -> other.callerSpeaks());
                rig.lane.afterReading();
                sentMeanwhile.add(other.model.audio.size());
                super.close();
            }
        };
        call.port = rig.lane.open(rig.settings(), port -> new Legs(reading, call.model), call.summaries::add);

        call.publish(event -> event.happened(EventType.PEER_ABUSED));
        rig.turn();

        assertThat(sentMeanwhile).containsExactly(0);
        assertThat(other.model.audio.size()).isEqualTo(40 * 160);
    }

    @Test
    void shouldSeeThePresentWhenItDrainsOnTheSpot() {
        rig = new LaneRig(TINY_RING);
        LaneCall slow = rig.connect();
        rig.turn();

        rig.nowNs += 4_000_000_000L;
        slow.publish(event -> event.callStarted("CA"));
        IntStream.range(0, 20).forEach(i -> slow.publish(event -> event.digitPressed("1")));
        rig.runMs(4_900);
        assertThat(rig.hangups).isEmpty();

        rig.runMs(102);
        assertThat(rig.hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.MODEL_LOST);
    }

    @DisplayName("S55 the lane's own events fill its ring")
    @Test
    void shouldRefuseItsOwnEventsWithoutDeadlockWhileCallsAreServed() {
        rig = new LaneRig(TINY_RING);
        List<Boolean> published = new ArrayList<>();
        LaneCall call = new LaneCall(rig);
        CarrierLeg talkative = new RelayingCarrier(call.carrier) {
            @Override
            public void close() {
                for (int i = 0; i < 40; i++) {
                    published.add(call.publish(event -> event.digitPressed("1")));
                }
                super.close();
            }
        };
        call.port = rig.lane.open(rig.settings(), port -> new Legs(talkative, call.model), call.summaries::add);
        LaneCall other = rig.talk();

        call.publish(event -> event.happened(EventType.PEER_ABUSED));
        rig.lane.doWork();

        assertThat(published).hasSize(40).contains(true, false);
        assertThat(rig.lane.counters().get(LaneCounter.EVENTS_UNCLAIMED))
                .isEqualTo(published.stream().filter(done -> !done).count());
        assertThat(call.carrier.resumes).isEqualTo(1);
        rig.turn();
        other.callerSpeaks();
        rig.turn();
        assertThat(other.model.audio.size()).isEqualTo(160);
        assertThat(other.carrier.resumes).isZero();
    }

    @Test
    void shouldRunWhatIsCalledBackDuringATurnBehindIt() {
        List<String> order = new ArrayList<>();
        LaneCall call = new LaneCall(rig);
        CarrierLeg recursive = new RelayingCarrier(call.carrier) {
            @Override
            public void flush() {
                rig.lane.afterTurn(() -> order.add("called back"));
                order.add("flushed");
            }
        };
        call.port = rig.lane.open(rig.settings(), port -> new Legs(recursive, call.model), call.summaries::add);
        call.starts();
        call.sessionOpens();
        call.begins("r1");
        call.delta("r1", 160);
        rig.turn();
        rig.lane.afterTurn(() -> order.add("outside"));

        assertThat(order).startsWith("flushed", "called back").endsWith("outside");
    }

    // errors of ours

    @DisplayName("S55 a handler throws")
    @Test
    void shouldLoseOnlyTheCallThatFails() {
        LaneCall failing = rig.talk();
        LaneCall other = rig.talk();
        failing.model.failure = new IllegalStateException("broken on purpose");

        failing.callerSpeaks();
        failing.callerSpeaks();
        other.callerSpeaks();
        rig.turn();
        failing.hangsUp();

        assertThat(failing.summaries).hasSize(1);
        assertThat(failing.summaries.get(0).reason()).isEqualTo(HangupReason.INTERNAL_ERROR);
        assertThat(failing.summaries.get(0).uplink().balances()).isTrue();
        assertThat(failing.carrier.closes).isEqualTo(1);
        assertThat(failing.model.closes).isEqualTo(1);
        assertThat(rig.hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.INTERNAL_ERROR);
        assertThat(rig.hangups.get(0).latch().state()).isEqualTo(HangupLatch.State.CLAIMED);
        assertThat(other.isOver()).isFalse();
        assertThat(other.model.audio.size()).isEqualTo(160);
        assertThat(rig.lane.counters().get(LaneCounter.CALLS_FAILED)).isEqualTo(1);
        assertThat(rig.lane.calls()).isEqualTo(1);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldLoseOnlyTheCallThatFailsWhileAudioMoves() {
        LaneCall failing = rig.talk();
        failing.carrier.failure = new IllegalStateException("broken on purpose");
        LaneCall other = rig.talk();

        for (LaneCall call : List.of(failing, other)) {
            call.begins("r1");
            call.delta("r1", 2_000);
        }
        rig.turn();

        assertThat(rig.hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.INTERNAL_ERROR);
        failing.hangsUp();
        assertThat(failing.isOver()).isTrue();
        assertThat(other.carrier.commands).contains("audio 2000");
        other.hangsUp();
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldGoOnWhenEndingAFailedCallFailsToo() {
        LaneCall failing = rig.talk();
        failing.model.failure = new IllegalStateException("broken on purpose");
        rig.hangupFailure = new IllegalStateException("broken as well");

        failing.callerSpeaks();
        rig.turn();

        assertThat(failing.summaries).hasSize(1);
        rig.hangupFailure = null;
        LaneCall next = rig.talk();
        next.callerSpeaks();
        rig.turn();
        assertThat(next.model.audio.size()).isEqualTo(160);
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() {
        LaneCall call = new LaneCall(rig);
        call.port = rig.lane.open(rig.settings(), port -> new Legs(call.carrier, call.model), summary -> {
            throw new IllegalStateException("broken on purpose");
        });
        call.hangsUp();

        assertThat(rig.lane.calls()).isZero();
        LaneCall next = rig.talk();
        next.hangsUp();
        assertThat(next.summaries).hasSize(1);
    }

    @Test
    void shouldNotShowAnEventTwiceThatNoCallCanTake() {
        LaneCall call = rig.talk();
        long sequence = call.port.claim();
        assertThat(sequence).isNotEqualTo(EventRing.FULL);
        call.port.slot(sequence);
        call.port.publish(sequence); // claimed and not filled: there is no such event

        rig.turn();

        assertThat(rig.hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.INTERNAL_ERROR);
        assertThat(rig.lane.counters().get(LaneCounter.CALLS_FAILED)).isEqualTo(1);
    }

    // the end

    @Test
    void shouldTellOfTheEndOnceAndCloseBothLegs() {
        LaneCall call = rig.talk();
        call.publish(event -> event.happened(EventType.CARRIER_STOPPED));
        call.publish(event -> event.happened(EventType.MODEL_LOST));
        call.publish(event -> event.happened(EventType.CARRIER_LOST));
        rig.turn();
        rig.runMs(60_000);

        assertThat(call.summaries).hasSize(1);
        assertThat(call.summaries.get(0).reason()).isNull();
        assertThat(call.carrier.closes).isEqualTo(1);
        assertThat(call.model.closes).isEqualTo(1);
        assertThat(rig.lane.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldEndACallThatNeverStarts() {
        LaneCall call = rig.connect();
        rig.runMs(5_000);
        assertThat(call.carrier.closes).isEqualTo(1);

        call.happens(EventType.CARRIER_LOST);
        assertThat(call.summaries).extracting(CallSummary::reason).containsExactly(HangupReason.NO_START);
        assertThat(rig.hangups).isEmpty();
    }

    @Test
    void shouldCountSilenceFromTheEndOfPlayoutAlsoWhenTheLaneIsLate() {
        LaneCall call = rig.talk();
        call.begins("r1");
        for (int i = 0; i < 4; i++) {
            call.delta("r1", 2_000);
        }
        call.ends("r1");
        rig.runMs(100);
        rig.nowNs += TimeUnit.SECONDS.toNanos(5);
        rig.runMs(20_300);
        assertThat(rig.hangups).as("half a second was still to be heard").isEmpty();
        rig.runMs(1_000);
        assertThat(rig.hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.SILENCE_TIMEOUT);
    }

    @Test
    void shouldHangUpOnceAfterTheGoodbyeIsHeard() {
        LaneCall call = rig.talk();
        long startNs = rig.nowNs;
        call.saysGoodbye("r1");
        rig.runMs(249);
        assertThat(rig.hangups).isEmpty();

        rig.runMs(2);
        assertThat(rig.hangups).hasSize(1);
        assertThat(rig.nowNs - startNs).isBetween(250_000_000L, 252_000_000L);

        HangupCommand command = rig.hangups.get(0);
        assertThat(command.latch().execute()).isTrue();
        command.call().tell(event -> event.happened(EventType.HANGUP_CONFIRMED));
        rig.turn();
        call.hangsUp();

        assertThat(rig.hangups).hasSize(1);
        assertThat(call.summaries).extracting(CallSummary::reason).containsExactly(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(rig.lane.counters().hangups(HangupReason.BOT_GOODBYE_BYE_ONLY, Drain.MARK))
                .isEqualTo(1);
        assertThat(rig.lent()).isZero();
    }
}
