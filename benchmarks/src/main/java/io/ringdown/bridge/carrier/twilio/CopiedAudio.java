package io.ringdown.bridge.carrier.twilio; // what it implements is package-private

/** Takes the caller's audio as a leg does, by copying its text, and nothing else. One thread. */
final class CopiedAudio implements TwilioMessages {
    final byte[] text;
    int length;
    long timestampMs;

    /** What {@link #media} was shown: the message itself if it was read in place. */
    byte[] source;

    CopiedAudio(int chars) {
        text = new byte[chars];
    }

    @Override
    public void media(byte[] text, int offset, int length, long timestampMs) {
        System.arraycopy(text, offset, this.text, 0, length);
        this.length = length;
        this.timestampMs = timestampMs;
        source = text;
    }

    @Override
    public void connected() {}

    @Override
    public void started(StreamStart start) {}

    @Override
    public void mark(int generation, int number) {
        throw new IllegalStateException("a mark");
    }

    @Override
    public void dtmf(String digit) {
        throw new IllegalStateException("a digit");
    }

    @Override
    public void stopped() {
        throw new IllegalStateException("a stop");
    }

    @Override
    public void bad(BadMessage reason) {
        throw new IllegalStateException("not understood: " + reason);
    }
}
