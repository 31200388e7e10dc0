package io.ringdown.engine.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * The places for calls in a lane. A place is used again under a new epoch, so that what is meant for a call that is over
 * finds nobody (S45). Lane only.
 */
final class CallSlots {
    private final Call[] calls;
    private final int[] epochs;
    private final IntArrayList free;

    CallSlots(int maxCalls) {
        calls = new Call[maxCalls];
        epochs = new int[maxCalls];
        free = new IntArrayList(maxCalls, IntArrayList.DEFAULT_NULL_VALUE);
        for (int slot = maxCalls - 1; slot >= 0; slot--) {
            free.addInt(slot);
        }
    }

    boolean isFull() {
        return free.isEmpty();
    }

    /** Takes a place: its epoch is {@link #epoch} from now on. Not when {@link #isFull}. */
    int take() {
        int slot = free.popInt();
        epochs[slot]++;
        return slot;
    }

    int epoch(int slot) {
        return epochs[slot];
    }

    void put(int slot, Call call) {
        calls[slot] = call;
    }

    void giveBack(int slot) {
        calls[slot] = null;
        free.addInt(slot);
    }

    /** The call that is the {@code epoch}th in its place, or null if it is over. */
    Call find(int slot, int epoch) {
        return epochs[slot] == epoch ? calls[slot] : null;
    }

    /** The call of which most audio of the model waits, other than {@code asker}'s; null if there is none. */
    Call richestBut(CallPort asker) {
        Call richest = null;
        for (Call call : calls) {
            boolean candidate = call != null && call.port != asker && call.waitingBytes() > 0;
            if (candidate && (richest == null || call.waitingBytes() > richest.waitingBytes())) {
                richest = call;
            }
        }
        return richest;
    }

    /** What may be seen of each call. */
    List<CallSnapshot> snapshots() {
        List<CallSnapshot> snapshots = new ArrayList<>(calls.length - free.size());
        for (Call call : calls) {
            if (call != null) {
                snapshots.add(call.snapshot());
            }
        }
        return Collections.unmodifiableList(snapshots);
    }
}
