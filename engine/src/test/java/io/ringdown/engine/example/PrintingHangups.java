package io.ringdown.engine.example;

import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Hangups;
import java.io.PrintStream;

/** Prints the order that a REST client would carry out. */
record PrintingHangups(PrintStream console) implements Hangups {
    @Override
    public boolean offer(HangupCommand command) {
        if (command.latch().execute()) {
            console.println("carrier: hang up " + command.callSid() + ", " + command.reason());
        }
        return true;
    }
}
