package io.ringdown.stress.broken;

import io.ringdown.stress.Places;

/** Asks once whether there is room and nobody drains, then counts; and two who count at once count one. */
public final class CountedPlaces implements Places {
    private final int maxCalls;
    private int taken;
    private long refused;
    private boolean draining;

    public CountedPlaces(int maxCalls) {
        this.maxCalls = maxCalls;
    }

    @Override
    public boolean enter() {
        if (draining || taken >= maxCalls) {
            refused++;
            return false;
        }
        taken++;
        return true;
    }

    @Override
    public void leave() {
        taken--;
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public int calls() {
        return taken;
    }

    @Override
    public long refused() {
        return refused;
    }
}
