package io.ringdown.stress.broken;

import io.ringdown.stress.Refusals;

/** Two who count at once count one. */
public final class PlainlyCountedRefusals implements Refusals {
    private long refused;

    @Override
    public boolean tell() {
        refused++;
        return false;
    }

    @Override
    public long refused() {
        return refused;
    }
}
