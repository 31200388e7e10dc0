package io.ringdown.bridge.simulator.carrier;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One call to be placed: the way in, what the caller does, and what goes wrong. A plan never changes: each {@code with…}
 * returns another. The same plan may be placed any number of times, also at once.
 */
public final class CallPlan {
    /** As a start delay: {@code start} is never sent. */
    public static final long NEVER = -1;

    /** What a call keeps of its audio. */
    public enum Recording {
        /** Every byte of both directions and every downlink message, for tests. */
        FULL,
        /** Sums, marks and turning points only, for load. */
        FIGURES
    }

    private final Route route;
    private String callSid;
    private Map<String, String> parameters = Map.of();
    private CallerScript script = CallerScript.SILENT;
    private Telephone telephone;
    private Function<Echo.Due, Echo> echoes = due -> Echo.PROMPT;
    private long startDelayMs;
    private int receiveBufferBytes;
    private Recording recording = Recording.FULL;
    private String statusUrl;

    private CallPlan(Route route) {
        this.route = Objects.requireNonNull(route, "route");
    }

    /** A silent caller who stays on the line, over a flawless network. */
    public static CallPlan via(Route route) {
        return new CallPlan(route);
    }

    /** Without one, every call placed draws its own. */
    public CallPlan withCallSid(String chosen) {
        return changed(plan -> plan.callSid = chosen);
    }

    /** Custom parameters of {@code start}, for a call without a webhook; TwiML's parameters stand in their place. */
    public CallPlan withParameters(Map<String, String> chosen) {
        Map<String, String> copy = Map.copyOf(chosen);
        return changed(plan -> plan.parameters = copy);
    }

    public CallPlan withScript(CallerScript chosen) {
        return changed(plan -> plan.script = chosen);
    }

    /** {@code chosen} speaks in place of the script's words, which are not said; such a plan is for one call. */
    public CallPlan withTelephone(Telephone chosen) {
        return changed(plan -> plan.telephone = chosen);
    }

    /** {@code chosen} is asked on the call's event loop, once for each mark that is due or cleared, and must not block. */
    public CallPlan withEchoes(Function<Echo.Due, Echo> chosen) {
        return changed(plan -> plan.echoes = chosen);
    }

    /** Between {@code connected} and {@code start}. */
    public CallPlan withStartDelayMs(long chosen) {
        return changed(plan -> plan.startDelayMs = chosen);
    }

    /** SO_RCVBUF: a small one makes a stalled reader felt soon. */
    public CallPlan withReceiveBufferBytes(int chosen) {
        return changed(plan -> plan.receiveBufferBytes = chosen);
    }

    public CallPlan withRecording(Recording chosen) {
        return changed(plan -> plan.recording = chosen);
    }

    /** Public URL of the call status callback, posted to the route's address when the call is over. */
    public CallPlan withStatusUrl(String chosen) {
        return changed(plan -> plan.statusUrl = chosen);
    }

    Route route() {
        return route;
    }

    Optional<String> callSid() {
        return Optional.ofNullable(callSid);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    CallerScript script() {
        return script;
    }

    Optional<Telephone> telephone() {
        return Optional.ofNullable(telephone);
    }

    Echo echoOf(Echo.Due due) {
        return echoes.apply(due);
    }

    long startDelayMs() {
        return startDelayMs;
    }

    int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    boolean recordsFully() {
        return recording == Recording.FULL;
    }

    Optional<String> statusUrl() {
        return Optional.ofNullable(statusUrl);
    }

    private CallPlan changed(Consumer<CallPlan> change) {
        CallPlan copy = new CallPlan(route);
        copy.callSid = callSid;
        copy.parameters = parameters;
        copy.script = script;
        copy.telephone = telephone;
        copy.echoes = echoes;
        copy.startDelayMs = startDelayMs;
        copy.receiveBufferBytes = receiveBufferBytes;
        copy.recording = recording;
        copy.statusUrl = statusUrl;
        change.accept(copy);
        return copy;
    }
}
