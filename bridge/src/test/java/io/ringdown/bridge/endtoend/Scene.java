package io.ringdown.bridge.endtoend;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.PatientLimits;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One call on a server of its own, played to its end, and what everybody promises of it. */
final class Scene implements AutoCloseable {
    static final String GOODBYE_TEXT = Speech.line("goodbye").text();
    static final byte[] GOODBYE = Speech.line("goodbye").muLaw();
    static final byte[] LONG_GOODBYE = Speech.line("long_goodbye").muLaw();
    /** The second of silence that stands for a gap, on a machine that stands still, ends no turn: it is not long enough. */
    static final String NO_PROTECTION = "agent: {greeting_protection: false, vad: {silence_duration_ms: 1500}}\n";

    static final String PATIENCE = patientBut();

    private static final int LONGEST_S = 300;

    final Testbed testbed;
    final Route route;
    CarrierCall call;

    private Scene(Testbed testbed, Route route) {
        this.testbed = testbed;
        this.route = route;
    }

    /** For {@code ringdown.yaml}; {@code limits} are each a key, a colon and a value, and come in place of a patient one. */
    static String patientBut(String... limits) {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(Stream.of(PatientLimits.YAML.split(", ")), Stream.of(limits))
                .map(limit -> limit.split(": "))
                .forEach(limit -> all.put(limit[0], limit[1]));
        return "limits: " + all.toString().replace("=", ": ") + "\n";
    }

    static Scene with(ModelScript script) throws Exception {
        return with(script, NO_PROTECTION + PATIENCE);
    }

    static Scene with(ModelScript script, String configuration) throws Exception {
        Testbed testbed = Testbed.start(any -> script, configuration);
        return new Scene(testbed, testbed.route());
    }

    /** {@code configuration} says how the bridge uses the certificates of {@code tls}. */
    static Scene over(TlsOnBothLegs tls, ModelScript script, String configuration) throws Exception {
        Testbed testbed = Testbed.start(any -> script, tls.model(), configuration);
        return new Scene(testbed, testbed.route().over(tls.carrier()));
    }

    /** The model says goodbye as soon as it may speak. */
    static Scene goodbye(UnaryOperator<Reply> how) throws Exception {
        return with(ModelScript.script().greeting(how.apply(Reply.saying(GOODBYE_TEXT, GOODBYE))));
    }

    static Reply saying(String line) {
        return Reply.saying(Speech.line(line).text(), Speech.line(line).muLaw());
    }

    static CallerAction say(String line) {
        return CallerAction.say(
                io.ringdown.bridge.simulator.carrier.Speech.of(Speech.line(line).muLaw()));
    }

    Scene play() throws Exception {
        return play(plan -> plan);
    }

    /** Places the call and waits for its end. */
    Scene play(UnaryOperator<CallPlan> how) throws Exception {
        place(how);
        call.ending().get(LONGEST_S, TimeUnit.SECONDS);
        return this;
    }

    CarrierCall place(UnaryOperator<CallPlan> how) {
        call = testbed.carrier().place(how.apply(CallPlan.via(route)));
        return call;
    }

    SessionRecord model() {
        return testbed.model().sessions().get(0).record();
    }

    int hangups() {
        return testbed.rest().requests(call.callSid()).size();
    }

    long hangupNs() {
        return testbed.rest().requests(call.callSid()).get(0).atNs();
    }

    long echoNs(String mark) {
        return call.moments(CallMoment.Kind.MARK_ECHOED).stream()
                .filter(moment -> moment.detail().equals(mark))
                .findFirst()
                .orElseThrow()
                .atNs();
    }

    /** One hangup, and every byte of {@code audio} heard before it. */
    void assertHungUpOnceAfterHearing(byte[] audio) {
        Stage.assertHungUpOnceAfterHearing(testbed.rest(), call, audio);
    }

    @Override
    public void close() {
        testbed.close();
    }
}
