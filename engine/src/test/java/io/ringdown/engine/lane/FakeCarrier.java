package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A telephone in virtual time: plays what it is sent, echoes marks when it has, and counts every gap. */
final class FakeCarrier implements CarrierLeg {
    record Echo(int generation, int mark, long atNs) {}

    final List<String> commands = new ArrayList<>();
    final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    final List<Integer> messages = new ArrayList<>();
    final ArrayList<Echo> echoes = new ArrayList<>();

    boolean writable = true;
    boolean stalled;
    RuntimeException failure;
    long maxAheadNs;
    int gaps;
    int closes;
    int resumes;
    int flushes;

    private final LaneRig rig;
    private long playedOutNs = Long.MIN_VALUE;
    private long pendingBytes;

    FakeCarrier(LaneRig rig) {
        this.rig = rig;
    }

    @Override
    public void sendAudio(Frame frame) {
        if (failure != null) {
            throw failure;
        }
        byte[] muLaw = Base64.getDecoder().decode(Arrays.copyOf(frame.text(), frame.textLength()));
        audio.writeBytes(muLaw);
        messages.add(muLaw.length);
        commands.add("audio " + muLaw.length);
        if (playedOutNs != Long.MIN_VALUE && playedOutNs < rig.nowNs) {
            gaps++;
        }
        playedOutNs = Math.max(playedOutNs, rig.nowNs) + MuLaw.durationNs(muLaw.length);
        maxAheadNs = Math.max(maxAheadNs, playedOutNs - rig.nowNs);
        written(frame.textLength());
    }

    @Override
    public void sendMark(int generation, int mark) {
        commands.add("mark " + generation + "." + mark);
        echoes.add(new Echo(generation, mark, Math.max(playedOutNs, rig.nowNs)));
        written(20);
    }

    @Override
    public void sendClear() {
        commands.add("clear");
        playedOutNs = Long.MIN_VALUE;
        echoes.replaceAll(echo -> new Echo(echo.generation(), echo.mark(), rig.nowNs));
        written(20);
    }

    private void written(int bytes) {
        if (stalled) {
            pendingBytes += bytes;
        }
    }

    /** The socket takes {@code bytes} of what it held back. */
    void takes(long bytes) {
        pendingBytes -= bytes;
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void resumeReading() {
        resumes++;
    }

    @Override
    public void close() {
        closes++;
    }
}
