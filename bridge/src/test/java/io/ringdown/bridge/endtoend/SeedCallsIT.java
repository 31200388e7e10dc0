package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The seed's scenarios over real sockets. */
class SeedCallsIT {
    private static final byte[] GOODBYE = Speech.line("goodbye").muLaw();

    @Test
    void shouldHangUpOnceAfterTheCallerHeardTheGoodbye() throws Exception {
        ModelScript script = ModelScript.script().greeting(Reply.saying("Thank you for calling. Goodbye.", GOODBYE));
        try (Testbed testbed = Testbed.start(any -> script, "agent: {greeting_protection: false}")) {
            CarrierCall call = testbed.carrier().place(CallPlan.via(testbed.route()));
            call.ending().get(20, TimeUnit.SECONDS);
            assertThat(call.heardAudio()).isEqualTo(GOODBYE);
            assertThat(call.cutOffBytes()).isZero();
            assertThat(testbed.rest().requests(call.callSid())).hasSize(1);
        }
    }
}
