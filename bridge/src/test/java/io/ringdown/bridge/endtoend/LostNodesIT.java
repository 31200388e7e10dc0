package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes, a process each, behind one balancer; what docs/operations/failure.md says of them. */
class LostNodesIT {
    private static final String CALL = "CA00000000000000000000000000000001";

    private SimulatedModel model;
    private SimulatedCarrier carrier;
    private SimulatedRest rest;
    private ServeProcess first;
    private ServeProcess second;
    private Balancer balancer;

    private void start(String goodbye) throws IOException {
        start(ModelScript.script().greeting(saying(goodbye)));
    }

    private void start(ModelScript script) throws IOException {
        model = SimulatedModel.start(script);
        carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
        rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
        first = serve();
        second = serve();
        balancer = Balancer.over(first.address(), second.address());
    }

    @AfterEach
    void stop() throws IOException {
        balancer.close();
        first.close();
        second.close();
        carrier.close();
        rest.close();
        model.close();
    }

    private ServeProcess serve(String... flags) throws IOException {
        String patience = Scene.patientBut("drain_at_shutdown_s: 120");
        return ServeProcess.start(model.uri(), rest.url(), Scene.NO_PROTECTION + patience, flags);
    }

    private static double callsOpened(ServeProcess node) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(node.operations("/metrics")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("ringdown_lane_calls_opened_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** One token, three uses: on the node that did not mint it, on the same again, and on the one that did. */
    @Test
    void shouldLetEitherNodeAnswerAndEachTakeATokenOnce() throws Exception {
        start("goodbye");
        CarrierCall call = carrier.place(CallPlan.via(ServeProcess.route(balancer.address())));
        call.ending().get(60, TimeUnit.SECONDS);
        Stage.assertHungUpOnceAfterHearing(rest, call, Scene.GOODBYE);
        assertThat(callsOpened(first)).as("answered the webhook").isZero();
        assertThat(callsOpened(second)).as("took the stream").isEqualTo(1);

        String token = new SignedCarrier(ServeProcess.ACCOUNT, first.address()).token(CALL);
        try (RawSocket elsewhere = start(second, token)) {
            await().until(() -> model.sessions().size() == 2);
            try (RawSocket again = start(second, token)) {
                await().until(again::isOver);
                assertThat(elsewhere.isOver()).isFalse();
            }
            try (RawSocket atHome = start(first, token)) {
                await().until(() -> model.sessions().size() == 3);
                assertThat(atHome.isOver())
                        .as("no node knows what another has seen")
                        .isFalse();
            }
        }
    }

    private static RawSocket start(ServeProcess node, String token) throws IOException {
        SignedCarrier genuine = new SignedCarrier(ServeProcess.ACCOUNT, node.address());
        RawSocket stream = genuine.stream();
        stream.text(RawCall.CONNECTED);
        stream.text(genuine.start(CALL, token));
        return stream;
    }

    @Test
    void shouldLoseTheCallsOfAKilledNodeAndNoOthers() throws Exception {
        start("long_goodbye");
        CarrierCall lost = carrier.place(CallPlan.via(ServeProcess.route(second.address())));
        CarrierCall kept = carrier.place(CallPlan.via(ServeProcess.route(first.address())));
        await().until(() -> lost.heardBytes() > 0 && kept.heardBytes() > 0);
        second.kill();

        // the carrier's socket closes, and the call runs into the Hangup behind Connect
        assertThat(lost.ending().get(30, TimeUnit.SECONDS).cause()).isEqualTo(CallEnding.Cause.CONNECTION_LOST);
        assertThat(rest.requests(lost.callSid()))
                .as("nobody is left to ask for it")
                .isEmpty();

        CarrierCall next = carrier.place(CallPlan.via(ServeProcess.route(balancer.address())));
        try (ServeProcess successor =
                serve("--listen=127.0.0.1:" + second.address().getPort())) {
            CarrierCall after = carrier.place(CallPlan.via(successor.route()));
            for (CarrierCall call : List.of(kept, next, after)) {
                call.ending().get(60, TimeUnit.SECONDS);
                Stage.assertHungUpOnceAfterHearing(rest, call, Scene.LONG_GOODBYE);
            }
        }
    }

    /** As docs/operations says to: out of the balancer, drain, the new version, back again; then the other. */
    @Test
    void shouldUpgradeOneNodeAfterTheOtherAndLoseNoCall() throws Exception {
        start(ModelScript.script()
                .greeting(saying("greeting"))
                .turn(Speech.line("thanks").text(), saying("goodbye")));
        List<CarrierCall> calls = new ArrayList<>();
        List<ServeProcess> successors = new ArrayList<>();
        try {
            for (ServeProcess old : List.of(first, second)) {
                CarrierCall here = talking(ServeProcess.route(old.address()));
                calls.add(here);
                calls.add(talking(ServeProcess.route(balancer.address())));
                balancer.leaveOut(old.address());
                old.terminate();
                old.awaitLine("draining: no new calls");
                calls.add(talking(ServeProcess.route(balancer.address())));

                await().atMost(Duration.ofSeconds(30)).until(() -> isFree(old.address()));
                ServeProcess successor =
                        serve("--listen=127.0.0.1:" + old.address().getPort());
                successors.add(successor);
                CarrierCall there = talking(successor.route());
                calls.add(there);
                assertThat(here.isOver()).as("the old one keeps its calls").isFalse();
                balancer.takeIn(successor.address());

                calls.forEach(call -> call.perform(Scene.say("thanks")));
                for (CarrierCall call : calls) {
                    call.ending().get(60, TimeUnit.SECONDS);
                    Stage.assertHungUpOnceAfterHearing(rest, call, Scene.GOODBYE);
                }
                calls.clear();
                assertThat(old.exitCode()).isZero();
            }
        } finally {
            successors.forEach(ServeProcess::close);
        }
    }

    private CarrierCall talking(Route route) {
        CarrierCall call = carrier.place(CallPlan.via(route));
        await().until(() -> call.heardBytes() >= Speech.line("greeting").muLaw().length);
        return call;
    }

    private static boolean isFree(InetSocketAddress address) {
        try {
            new Socket(address.getAddress(), address.getPort()).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
