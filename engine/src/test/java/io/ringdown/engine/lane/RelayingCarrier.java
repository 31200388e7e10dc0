package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;

/** A carrier's leg that passes everything on, for a test to do more in one place. */
class RelayingCarrier implements CarrierLeg {
    private final CarrierLeg leg;

    RelayingCarrier(CarrierLeg leg) {
        this.leg = leg;
    }

    @Override
    public void sendAudio(Frame frame) {
        leg.sendAudio(frame);
    }

    @Override
    public void sendMark(int generation, int mark) {
        leg.sendMark(generation, mark);
    }

    @Override
    public void sendClear() {
        leg.sendClear();
    }

    @Override
    public void flush() {
        leg.flush();
    }

    @Override
    public boolean writable() {
        return leg.writable();
    }

    @Override
    public long pendingBytes() {
        return leg.pendingBytes();
    }

    @Override
    public void resumeReading() {
        leg.resumeReading();
    }

    @Override
    public void close() {
        leg.close();
    }
}
