package io.ringdown.engine.lane; // beside those who keep it

/** When a call is due; unset at {@link Call#NEVER}. */
final class Due implements Comparable<Due> {
    final int call;
    long dueNs = Call.NEVER;

    private Due(int call) {
        this.call = call;
    }

    static Due[] of(int calls) {
        Due[] dues = new Due[calls];
        for (int call = 0; call < calls; call++) {
            dues[call] = new Due(call);
        }
        return dues;
    }

    @Override
    public int compareTo(Due other) {
        return Long.compare(dueNs, other.dueNs);
    }
}
