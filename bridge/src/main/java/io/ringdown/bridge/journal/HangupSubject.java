package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.journal.CallReplay;
import io.ringdown.engine.journal.CommandType;
import io.ringdown.engine.journal.Entry;
import java.util.List;

/** The response whose end was to be the call's: the one that did end it, else the last that was to, else the last goodbye. */
final class HangupSubject implements CallReplay.Watcher {
    private static final int NONE = -1;

    private final String ended;
    private final String saidGoodbye;
    private int endedNumber = NONE;
    private int armed = NONE;
    private int lastArmed = NONE;
    private int goodbyeNumber = NONE;

    HangupSubject(List<Entry> entries) {
        ended = lastArgument(entries, CommandType.POLITE_HANGUP, 1);
        saidGoodbye = lastArgument(entries, CommandType.GOODBYE_DETECTED, 0);
    }

    private static String lastArgument(List<Entry> entries, CommandType type, int index) {
        String last = null;
        for (Entry entry : entries) {
            if (entry instanceof Entry.Commanded command && command.type() == type) {
                last = (String) command.arguments().get(index);
            }
        }
        return last;
    }

    @Override
    public void handled(Entry.Happened event, CallMachine machine) {
        armed = machine.pendingResponse();
        lastArmed = armed == NONE ? lastArmed : armed;
        endedNumber = number(ended, endedNumber, machine);
        goodbyeNumber = number(saidGoodbye, goodbyeNumber, machine);
    }

    private static int number(String responseId, int before, CallMachine machine) {
        int known = responseId == null ? 0 : machine.response(responseId);
        return known == 0 ? before : known;
    }

    boolean isKnown() {
        return response() != NONE;
    }

    /** 0 is a recording of ours, negative: none. */
    int response() {
        return endedNumber != NONE ? endedNumber : lastArmed != NONE ? lastArmed : goodbyeNumber;
    }

    /** Whether the call waits for its end. */
    boolean isPending() {
        return armed != NONE;
    }
}
