package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import org.junit.jupiter.api.Test;

class CallEventTest {
    private final CallEvent event = new CallEvent();

    @Test
    void shouldBeAddressedToOneCallInItsSlot() {
        event.to(3, 7).happened(EventType.TX_DRAINED);
        assertThat(event.slot()).isEqualTo(3);
        assertThat(event.epoch()).isEqualTo(7);
        assertThat(event).hasToString("TX_DRAINED[slot=3 epoch=7 response=0 item=null bytes=0 mark=g0.m0]");
    }

    @Test
    void shouldHandItsFrameOverOnce() {
        Frame frame = new FramePool(640, 1).acquire();
        event.audioDelta("r1", "item", 2, frame);
        assertThat(event.contentIndex()).isEqualTo(2);
        assertThat(event.frame()).isSameAs(frame);
        assertThat(event.takeFrame()).isSameAs(frame);
        assertThat(event.frame()).isNull();
        assertThat(event.takeFrame()).isNull();
    }

    @Test
    void shouldSayWhichResponseAndToolItIsAbout() {
        event.to(0, 1).toolCalled("r1", "call-1", "end_call");
        assertThat(event.toolCallId()).isEqualTo("call-1");
        assertThat(event.toString()).contains("TOOL_CALLED", "response=r1");
    }
}
