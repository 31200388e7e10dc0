package io.ringdown.engine.example;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.lane.CarrierLeg;
import java.io.PrintStream;

/** A telephone that prints what it would play. */
record PrintingCarrier(PrintStream console) implements CarrierLeg {
    @Override
    public void sendAudio(Frame frame) {
        console.println("caller: audio, " + frame.audioBytes() + " bytes");
    }

    @Override
    public void sendMark(int generation, int mark) {
        console.println("caller: mark " + generation + "." + mark);
    }

    @Override
    public void sendClear() {
        console.println("caller: clear");
    }

    @Override
    public void close() {
        console.println("caller: closed");
    }
}
