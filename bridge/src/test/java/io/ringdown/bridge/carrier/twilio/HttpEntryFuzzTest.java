package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringdown.engine.call.HangupReason;

/** Any bytes at all on a connection of the carrier: nothing is thrown, and no buffer, no place and no call is kept. */
class HttpEntryFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void shouldOweNothingAfterAnyRequest(byte[] bytes) {
        receive(CarrierConnection.open(2), bytes);
        receive(CarrierConnection.validated(2), bytes);
    }

    private static void receive(CarrierConnection carrier, byte[] bytes) {
        int half = bytes.length / 2;
        ByteBuf first = Unpooled.buffer().writeBytes(bytes, 0, half);
        ByteBuf second = Unpooled.buffer().writeBytes(bytes, half, bytes.length - half);
        carrier.channel.writeInbound(first);
        carrier.turn();
        if (carrier.channel.isOpen()) {
            carrier.channel.writeInbound(second);
        } else {
            second.release();
        }
        carrier.turn();
        CarrierConnection.received(carrier.channel);
        carrier.channel.finishAndReleaseAll();
        carrier.channel.checkException();
        carrier.pass(60);
        assertThat(first.refCnt() + second.refCnt()).as("buffers kept").isZero();
        assertThat(carrier.admission.calls()).as("places kept").isZero();
        assertThat(carrier.lane.calls()).as("calls kept").isZero();
        assertThat(carrier.hangups).noneMatch(hangup -> hangup.reason() == HangupReason.INTERNAL_ERROR);
    }
}
