package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CarrierLeg;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A telephone and its network: plays at the speed of speech, echoes what was heard or cleared, and misbehaves on demand. */
final class SimulatedCarrier implements CarrierLeg {
    private static final long WRITABLE_BYTES = 1_500;

    private static final class Mark {
        final int generation;
        final int number;
        boolean echoed;

        Mark(int generation, int number) {
            this.generation = generation;
            this.number = number;
        }
    }

    final RestApi api;

    private final SimulatedCall call;
    private final World world;
    private final Oracle oracle;
    private final ArrayDeque<Runnable> socket = new ArrayDeque<>();
    private final ArrayDeque<Mark> outstanding = new ArrayDeque<>();
    private final List<Mark> echoed = new ArrayList<>();

    private long playedOutNs;
    private long pendingBytes;
    private long callerMs;
    private int callerFrames;
    private int loses;
    private int delayMs = 1;
    private boolean stalled;
    private boolean gone;
    private boolean hidesItsClose;

    SimulatedCarrier(SimulatedCall call) {
        this.call = call;
        world = call.world;
        oracle = call.oracle;
        api = new RestApi(call);
    }

    void starts() {
        send(() -> {
            call.publish(event -> event.callStarted(call.sid()));
            oracle.facts().started();
        });
    }

    private void send(SimulatedCall.Message message) {
        if (!gone) {
            call.carrierSends(message);
        }
    }

    // what the lane does to it

    @Override
    public boolean writable() {
        return pendingBytes < WRITABLE_BYTES;
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void sendAudio(Frame frame) {
        Utterance utterance = call.model.whoSays(frame);
        if (call.world.trace.isKept()) {
            call.tell("  < audio " + (utterance == null ? "clip" : utterance.id) + " " + frame.audioBytes());
        }
        oracle.audioSent(utterance, frame);
        int bytes = frame.audioBytes();
        pendingBytes += bytes;
        socket.add(() -> play(utterance, bytes));
        flow();
    }

    @Override
    public void sendMark(int generation, int number) {
        call.tell("  < mark g" + generation + ".m" + number);
        oracle.markSent(generation, number);
        pendingBytes++;
        socket.add(() -> reach(new Mark(generation, number)));
        flow();
    }

    @Override
    public void sendClear() {
        call.tell("  < clear");
        oracle.playback().cleared();
        pendingBytes++;
        socket.add(this::forget);
        flow();
    }

    @Override
    public void close() {
        call.tell("  < close the carrier");
        oracle.facts().carrierClosed();
        if (!hidesItsClose) {
            world.afterMs(1, () -> end(EventType.CARRIER_LOST));
        }
    }

    private void flow() {
        if (!stalled) {
            pendingBytes = 0;
            while (!socket.isEmpty()) {
                socket.poll().run();
            }
        }
    }

    // what it does by itself

    private void play(Utterance utterance, int bytes) {
        playedOutNs = Math.max(world.nowNs(), playedOutNs) + MuLaw.durationNs(bytes);
        if (utterance != null) {
            utterance.playedBytes += bytes;
            utterance.playsUntilNs = playedOutNs;
        } else {
            oracle.playback().recordingPlays(playedOutNs);
        }
    }

    private void reach(Mark mark) {
        outstanding.add(mark);
        world.at(playedOutNs, () -> {
            if (!mark.echoed) {
                outstanding.remove(mark);
                echo(mark);
            }
        });
    }

    private void forget() {
        playedOutNs = world.nowNs();
        while (!outstanding.isEmpty()) {
            echo(outstanding.poll());
        }
    }

    private void echo(Mark mark) {
        mark.echoed = true;
        if (loses > 0) {
            loses--;
            oracle.facts().carrierMisbehaves();
            call.tell("(an echo is lost)");
            return;
        }
        world.afterMs(delayMs, () -> arrive(mark));
    }

    private void arrive(Mark mark) {
        if (echoed.size() < 16) {
            echoed.add(mark);
        }
        send(() -> {
            call.publish(event -> event.markEchoed(mark.generation, mark.number));
            oracle.echoed(mark.generation, mark.number);
        });
    }

    /** How long what it was sent still sounds. */
    long remainingNs() {
        return Math.max(0, playedOutNs - world.nowNs()) + MuLaw.durationNs(pendingBytes);
    }

    boolean isStalled() {
        return stalled;
    }

    void stops() {
        end(EventType.CARRIER_STOPPED);
    }

    private void end(EventType how) {
        send(() -> {
            call.publish(event -> event.happened(how));
            oracle.carrierGone();
        });
        gone = true;
    }

    // its script

    void does(Step step) {
        switch (step.act()) {
            case CALLER_AUDIO -> callerAudio();
            case DIGIT -> send(() -> call.publish(event -> event.digitPressed("5")));
            case LOSES_ECHOES -> loses += step.amount();
            case DELAYS_ECHOES -> delays(step.amount());
            case REPEATS_AN_ECHO -> {
                if (!echoed.isEmpty()) {
                    arrive(echoed.get(step.amount() % echoed.size()));
                }
            }
            case ECHOES_NONSENSE -> {
                Mark nonsense = new Mark(step.amount() % 3, step.amount());
                if (!oracle.playback().isLive(nonsense.generation, nonsense.number)) {
                    send(() -> call.publish(event -> event.markEchoed(nonsense.generation, nonsense.number)));
                }
            }
            case STALLS -> {
                stalled = true;
                oracle.facts().carrierMisbehaves();
            }
            case FLOWS -> {
                stalled = false;
                flow();
                send(() -> {});
            }
            case STOPS -> stops();
            case DISCONNECTS -> end(EventType.CARRIER_LOST);
            case ABUSES ->
                send(() -> {
                    call.publish(event -> event.happened(EventType.PEER_ABUSED));
                    oracle.abused();
                });
            case HIDES_ITS_CLOSE -> hidesItsClose = true;
            default -> api.does(step);
        }
    }

    private void delays(int ms) {
        delayMs = ms;
        if (ms > 400) {
            oracle.facts().carrierMisbehaves();
        }
    }

    private void callerAudio() {
        long timestampMs = callerMs;
        callerMs += 20;
        int number = callerFrames++;
        send(() -> {
            Frame frame = world.lane.uplinkFrame();
            if (frame == null) {
                call.port().callerAudioRefused(160);
                oracle.caller().refused(160);
                return;
            }
            Spoken.fill(frame, Lines.CALLER_VOICE, number * 160, 160);
            call.publish(event -> event.callerAudio(frame, timestampMs));
            oracle.caller().said(number);
        });
    }
}
