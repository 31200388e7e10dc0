package io.ringdown.bridge.simulator.carrier;

/** A caller made of code, for one call: says what it makes up as it goes, and is told what it hears. Event loop only. */
public interface Telephone {
    /** The next 20 ms, 160 bytes of μ-law that are not written to again; they were to be sent at {@code dueNs}. */
    byte[] speak(long dueNs);

    /** Audio has come for the caller's ear; it is played behind all that came before. */
    void hear(byte[] muLaw, long atNs);
}
