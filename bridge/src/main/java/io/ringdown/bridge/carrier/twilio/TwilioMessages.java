package io.ringdown.bridge.carrier.twilio;

/** Where a decoder puts what the carrier said: the leg, or a test that writes it down. */
interface TwilioMessages {
    void connected();

    /** Comes at most once, before everything below but {@link #bad}. */
    void started(StreamStart start);

    /**
     * Audio of the caller, at most 8,000 bytes of it and never none: {@code length} characters of canonical base64 in
     * {@code text}, which is the decoder's again when this returns.
     */
    void media(byte[] text, int offset, int length, long timestampMs);

    void mark(int generation, int number);

    void dtmf(String digit);

    /** Comes at most once; nothing follows. */
    void stopped();

    void bad(BadMessage reason);
}
