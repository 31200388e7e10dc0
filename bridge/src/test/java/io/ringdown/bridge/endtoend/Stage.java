package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SessionRecord;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The neighbours of some bridge: what they saw of a call is all that counts. */
record Stage(SimulatedModel model, SimulatedCarrier carrier, SimulatedRest rest, Route route, Runnable stop)
        implements AutoCloseable {
    private static final int LONGEST_S = 300;

    static Stage ringdown(ModelScript script) throws Exception {
        Testbed testbed = Testbed.start(any -> script, Scene.NO_PROTECTION + Scene.PATIENCE);
        return new Stage(testbed.model(), testbed.carrier(), testbed.rest(), testbed.route(), testbed::close);
    }

    static Stage naive(ModelScript script) throws Exception {
        Account account = new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");
        SimulatedModel model = SimulatedModel.start(any -> script, ModelEndpoint.local());
        SimulatedCarrier carrier = SimulatedCarrier.start(account);
        SimulatedRest rest = SimulatedRest.start(0, account, carrier::completedByRest);
        NaiveBridge bridge = NaiveBridge.start(model.uri(), rest.url(), account);
        return new Stage(model, carrier, rest, bridge.route(), () -> {
            bridge.close();
            carrier.close();
            rest.close();
            model.close();
        });
    }

    CarrierCall place(CallerScript script) {
        return carrier.place(CallPlan.via(route).withScript(script));
    }

    /** Places the call and waits for its end. */
    CarrierCall play(CallerScript script) throws Exception {
        return ended(place(script));
    }

    CarrierCall ended(CarrierCall call) throws Exception {
        call.ending().get(LONGEST_S, TimeUnit.SECONDS);
        return call;
    }

    SessionRecord session() {
        return model.sessions().get(0).record();
    }

    List<RestRequest> hangups(CarrierCall call) {
        return rest.requests(call.callSid());
    }

    /** One hangup, and every byte of {@code audio} heard before it. */
    void assertHungUpOnceAfterHearing(CarrierCall call, byte[] audio) {
        assertHungUpOnceAfterHearing(rest, call, audio);
    }

    static void assertHungUpOnceAfterHearing(SimulatedRest rest, CarrierCall call, byte[] audio) {
        List<RestRequest> hangups = rest.requests(call.callSid());
        assertThat(hangups).as("hangups").hasSize(1);
        byte[] heard = call.heardAudio();
        byte[] end = Arrays.copyOfRange(heard, Math.max(0, heard.length - audio.length), heard.length);
        assertThat(Arrays.equals(end, audio)).as("heard to the last byte").isTrue();
        assertThat(call.cutOffBytes()).isZero();
        assertThat(hangups.get(0).atNs()).isGreaterThanOrEqualTo(call.lastHeardNs());
        assertThat(call.violations()).isEmpty();
    }

    @Override
    public void close() {
        stop.run();
    }
}
