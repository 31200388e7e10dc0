package io.ringdown.engine.simulation;

import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneInspection;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.said.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * One session: a fresh lane, the calls that share it, and time that passes only when nothing is left to do now. What peers
 * send waits on their wires until the lane has a turn, which may be late.
 */
final class World {
    static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Few slots, so that they are used again; and little memory, so that it is spent now and then. */
    static final int OUT_BYTES = 48_000;

    private static final LaneSettings LANE = new LaneSettings(256, 6, 64, 72, 4_000, OUT_BYTES);

    /** No call may outlive this: longer than the longest a call may last, with its grace and its execution. */
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(700);

    private static final String HANGING_UP = "hanging up, drain=";

    private record Due(long atNs, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(order, other.order);
        }
    }

    final Lane lane;
    final Trace trace;

    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final List<SimulatedCall> alive = new ArrayList<>();
    private final List<Script> connected = new ArrayList<>();
    private final List<SimulatedCall> mail = new ArrayList<>();
    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private final long startedNs = nowNs;
    private long order;
    private long lateUntilNs;
    private long lateNs;
    private int waiting;
    private Violation violation;
    private SimulatedCall offered;

    World(Trace trace) {
        this(trace, null);
    }

    /** A lane that notes what happens in {@code journal}; null for none. */
    World(Trace trace, LaneJournal journal) {
        this.trace = trace;
        lane = new Lane("lane", LANE, this::nowNs, this::offer, () -> {}, journal);
    }

    /** Runs the calls to their end. Throws the first violation. */
    void run(List<Script> scripts) {
        Said.listen(this::onSaid);
        try {
            for (Script script : scripts) {
                waiting++;
                at(startedNs + script.connectsAtMs() * NS_PER_MS, () -> connect(script));
            }
            while (isGoingOn()) {
                pass();
            }
            checkNothingLeft();
        } finally {
            Said.listen(null);
        }
    }

    private boolean isGoingOn() {
        return waiting > 0 || !alive.isEmpty() || !agenda.isEmpty();
    }

    /** Time moves to what is next, and the lane runs unless it is late. */
    private void pass() {
        long nextNs = agenda.isEmpty() ? Long.MAX_VALUE : agenda.peek().atNs;
        long laneNs = Math.max(lateUntilNs, mail.isEmpty() ? lane.nextDeadlineNs() : nowNs);
        nowNs = Math.max(nowNs, Math.min(nextNs, laneNs));
        check(nowNs - startedNs < 20 * LONGEST_NS, "terminal state", "time passes and nothing ends");
        if (nextNs <= nowNs) {
            agenda.poll().task.run();
        }
        if (nowNs >= lateUntilNs) {
            turn();
        }
        throwViolation();
    }

    private void turn() {
        for (int i = 0; i < mail.size(); i++) {
            mail.get(i).deliver();
        }
        int turns = 0;
        do {
            lane.doWork();
            check(++turns < 1_000, "terminal state", "the lane spins");
        } while (lane.hasWork() && violation == null);
        if (lane.counters().get(LaneCounter.CALLS_FAILED) > 0) {
            violate("no error of ours", "a call failed");
        }
        for (int i = 0; i < mail.size(); i++) {
            mail.get(i).afterTurn();
        }
        mail.clear();
    }

    private void throwViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    private void connect(Script script) {
        SimulatedCall call = new SimulatedCall(this, script);
        if (!call.connects()) {
            at(nowNs + 500 * NS_PER_MS, () -> connect(script));
            return;
        }
        waiting--;
        connected.add(script.connectedAt((int) nowMs()));
        alive.add(call);
        at(nowNs + LONGEST_NS, () -> {
            check(call.oracle.facts().isReleased(), "terminal state", "the call is still there");
        });
    }

    private void checkNothingLeft() {
        check(LaneInspection.lentFrames(lane) == 0, "frames back", "frames=" + LaneInspection.lentFrames(lane));
        check(lane.nextDeadlineNs() == Long.MAX_VALUE, "no timer left", "nextNs=" + lane.nextDeadlineNs());
        check(lane.calls() == 0, "slots back", "calls=" + lane.calls());
        throwViolation();
    }

    /** The calls that found a place, each as if it had connected only then. */
    List<Script> connected() {
        return connected;
    }

    /** How many events the lane has handled. */
    long events() {
        return lane.counters().get(LaneCounter.EVENTS_HANDLED);
    }

    // what the others ask

    long nowNs() {
        return nowNs;
    }

    long nowMs() {
        return (nowNs - startedNs) / NS_PER_MS;
    }

    void at(long atNs, Runnable task) {
        agenda.add(new Due(Math.max(atNs, nowNs), order++, task));
    }

    void afterMs(long ms, Runnable task) {
        at(nowNs + ms * NS_PER_MS, task);
    }

    void hasMail(SimulatedCall call) {
        mail.add(call);
    }

    void isOver(SimulatedCall call) {
        alive.remove(call);
    }

    void lateForMs(int ms) {
        lateUntilNs = nowNs + ms * NS_PER_MS;
        lateNs += ms * NS_PER_MS;
        trace.line(this, null, "-- the lane has no turn for " + ms + " ms");
    }

    /** For how long in all the lane had no turn. */
    long lateNs() {
        return lateNs;
    }

    /** Only the first counts: the lane must not swallow it, so it is thrown when the lane is done. */
    void violate(String invariant, String detail) {
        if (violation == null) {
            violation = new Violation(invariant, detail);
            trace.line(this, null, "!! " + violation.getMessage());
        }
    }

    void check(boolean holds, String invariant, String detail) {
        if (!holds) {
            violate(invariant, detail);
        }
    }

    private boolean offer(HangupCommand command) {
        for (SimulatedCall call : alive) {
            if (call.sid().equals(command.callSid())) {
                offered = call;
                return call.carrier.api.offered(command);
            }
        }
        violate("at most one hangup", "a hangup of a call that is over: " + command);
        return false;
    }

    private void onSaid(Object[] line) {
        String message = (String) line[0];
        Object[] arguments = (Object[]) line[1];
        if (offered != null && message.startsWith("[POLITE_HANGUP]")) {
            saidDrain(arguments[2].toString());
        } else if (offered != null && arguments[0].toString().startsWith(HANGING_UP)) {
            saidDrain(arguments[0].toString().substring(HANGING_UP.length()));
        } else if (line[2] != null) {
            trace.line(this, null, "!! " + line[2]);
        }
    }

    private void saidDrain(String drain) {
        offered.tell("  < drain=" + drain);
        offered.oracle.hangup().saidDrain(drain);
    }
}
