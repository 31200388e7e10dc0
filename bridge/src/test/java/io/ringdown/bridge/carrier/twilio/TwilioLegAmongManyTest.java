package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.media;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.lane.LaneCounter;
import org.junit.jupiter.api.Test;

/** A leg whose lane reads many sockets in one turn. */
class TwilioLegAmongManyTest extends TwilioLegOnLane {
    @Override
    int ringSlots() {
        return 64;
    }

    @Test
    void shouldNotWaitForTheReadingOfAllOthers() {
        converse();
        for (int i = 0; i < 32; i++) {
            assertThat(model.audio).isEmpty();
            channel.writeInbound(text(media(payload(160), 20 * i)));
        }
        assertThat(model.audio).isNotEmpty();
        assertThat(lane.counters().get(LaneCounter.UPLINK_FORWARDED_BYTES)).isEqualTo(32 * 160);
    }
}
