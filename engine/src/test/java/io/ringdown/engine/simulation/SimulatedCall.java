package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.Legs;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** One call: its script, its two peers, and their wires to the lane. */
final class SimulatedCall {
    /** What a peer sent; it publishes itself when the lane reads. */
    interface Message {
        void arrive();
    }

    final World world;
    final Script script;
    final Oracle oracle;
    final SimulatedCarrier carrier;
    final SimulatedModel model;

    private final ModelScript modelScript;

    private final String sid;
    private final ArrayDeque<Message> fromCarrier = new ArrayDeque<>();
    private final ArrayDeque<Message> fromModel = new ArrayDeque<>();
    private CallPort port;
    private boolean mailed;
    private long connectedNs;
    private boolean published;
    private int nextStep;

    SimulatedCall(World world, Script script) {
        this.world = world;
        this.script = script;
        sid = "CA" + script.call();
        oracle = new Oracle(this);
        carrier = new SimulatedCarrier(this);
        model = new SimulatedModel(this);
        modelScript = new ModelScript(model);
    }

    /** False while the lane is full. */
    boolean connects() {
        port = world.lane.open(script.settings(), this::legs, this::over);
        if (port == null) {
            return false;
        }
        connectedNs = world.nowNs();
        tell("connects");
        world.afterMs(startsAfterMs(script.call()), carrier::starts);
        stepLater();
        return true;
    }

    /** From its connection to its {@code start}, in ms. */
    static int startsAfterMs(int call) {
        return call % 7;
    }

    private Legs legs(CallPort port) {
        return new Legs(carrier, model);
    }

    private void over(CallSummary summary) {
        tell("  < released: " + summary.reason());
        oracle.released(summary);
        world.isOver(this);
    }

    String sid() {
        return sid;
    }

    CallPort port() {
        return port;
    }

    // its script

    private void stepLater() {
        if (nextStep < script.steps().size()) {
            Step step = script.steps().get(nextStep);
            world.at(connectedNs + step.atMs() * World.NS_PER_MS, this::step);
        }
    }

    private void step() {
        Step step = script.steps().get(nextStep++);
        if (step.act() == Step.Act.LANE_IS_LATE) {
            world.lateForMs(step.amount());
        } else if (!modelScript.does(step)) {
            carrier.does(step);
        }
        if (!oracle.isLongReleased()) {
            stepLater();
        }
    }

    // its wires

    void carrierSends(Message message) {
        fromCarrier.add(message);
        mailed();
    }

    void modelSends(Message message) {
        fromModel.add(message);
        mailed();
    }

    private void mailed() {
        if (!mailed) {
            mailed = true;
            world.hasMail(this);
        }
    }

    /** The lane reads the sockets, one after the other. */
    void deliver() {
        mailed = false;
        boolean carrierFirst = (script.call() + world.nowMs()) % 2 == 0;
        drain(carrierFirst ? fromCarrier : fromModel);
        drain(carrierFirst ? fromModel : fromCarrier);
    }

    private static void drain(ArrayDeque<Message> wire) {
        for (Message message = wire.poll(); message != null; message = wire.poll()) {
            message.arrive();
        }
    }

    void afterTurn() {
        oracle.afterTurn(published);
        published = false;
    }

    /** Publishes one event, as a leg does. */
    void publish(Consumer<CallEvent> fill) {
        long sequence = port.claim();
        if (sequence == EventRing.FULL) {
            world.violate("no deadlock", "the ring is full although the lane could drain it");
            return;
        }
        CallEvent event = port.slot(sequence);
        fill.accept(event);
        if (world.trace.isKept()) {
            tell("> " + event.type() + (event.responseId() == null ? "" : " " + event.responseId())
                    + (event.bytes() == 0 ? "" : " " + event.bytes())
                    + (event.text() == null ? "" : " '" + event.text() + "'")
                    + (event.mark() == 0 ? "" : " g" + event.generation() + ".m" + event.mark())
                    + (event.status() == null ? "" : " " + event.status()));
        }
        port.publish(sequence);
        published = true;
    }

    void tell(String what) {
        if (world.trace.isKept()) {
            world.trace.line(world, this, what);
        }
    }
}
