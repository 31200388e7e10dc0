package io.ringdown.engine.audio;

/**
 * A piece of μ-law audio as the base64 text both protocols carry, in a buffer that its {@link FramePool} lends. Whoever
 * holds a frame is its only owner and hands it on or gives it back once. Lane only.
 *
 * <p>A frame without text stands for a mark: a named point in the sent audio.
 */
public final class Frame {
    private static final long UNTIMED = Long.MIN_VALUE;

    final FramePool pool;
    private final byte[] text;
    boolean lent;

    private int textLength;
    private int audioBytes;
    private int response;
    private int part;
    private int generation;
    private int mark;
    private long readNs = UNTIMED;

    Frame(FramePool pool, int capacityChars) {
        this.pool = pool;
        this.text = new byte[capacityChars];
    }

    /** The base64 characters, from index 0 up to {@link #textLength()}; more may follow that mean nothing. */
    public byte[] text() {
        return text;
    }

    /** Length of the text in characters. */
    public int textLength() {
        return textLength;
    }

    /** Length of the audio in μ-law bytes. */
    public int audioBytes() {
        return audioBytes;
    }

    /** Ordinal of the response that the audio belongs to; meaningless on the uplink. */
    public int response() {
        return response;
    }

    /** Number of the (item, content part) that the audio belongs to; meaningless on the uplink. */
    public int part() {
        return part;
    }

    /** The generation the frame was queued in: audio of an older one is never sent (S39). */
    public int generation() {
        return generation;
    }

    /** The number of the mark this frame stands for, or 0 when it holds audio. */
    public int mark() {
        return mark;
    }

    public boolean isMark() {
        return mark != 0;
    }

    /**
     * Says what was written into {@link #text()}: canonical, padded base64 of {@code audioBytes} bytes.
     *
     * @throws IllegalArgumentException if the lengths do not belong together or exceed the buffer
     */
    public void filled(int textLength, int audioBytes) {
        if (audioBytes < 0 || textLength > text.length || textLength != Base64Text.length(audioBytes)) {
            throw new IllegalArgumentException(
                    "not a frame: chars=" + textLength + " bytes=" + audioBytes + " capacity=" + text.length);
        }
        this.textLength = textLength;
        this.audioBytes = audioBytes;
    }

    /** Its way is timed, and began at {@code nowNs}. */
    public void readAt(long nowNs) {
        readNs = nowNs;
    }

    /** Its way is not timed, or no longer. */
    public void untimed() {
        readNs = UNTIMED;
    }

    public boolean isTimed() {
        return readNs != UNTIMED;
    }

    /** When it was read, if it {@link #isTimed()}. */
    public long readNs() {
        return readNs;
    }

    /** Takes the audio of {@code more}, which stays the caller's, behind its own; false, taking nothing, where that does not fit. */
    boolean append(Frame more) {
        int bytes = audioBytes + more.audioBytes;
        if (Base64Text.length(bytes) > text.length) {
            return false;
        }
        Base64Text.append(text, audioBytes, more.text, more.audioBytes);
        filled(Base64Text.length(bytes), bytes);
        readNs = isTimed() ? readNs : more.readNs;
        return true;
    }

    /** Tags the audio with what it belongs to. */
    public void belongsTo(int response, int part, int generation) {
        this.response = response;
        this.part = part;
        this.generation = generation;
    }

    /** Makes the frame stand for mark {@code mark} of {@code generation}. */
    public void marks(int mark, int generation) {
        this.mark = mark;
        this.generation = generation;
    }

    /** Whether {@code other} carries on the same audio. */
    boolean sameAudio(Frame other) {
        return !isMark()
                && !other.isMark()
                && response == other.response
                && part == other.part
                && generation == other.generation;
    }

    /** Gives the frame back to the pool it came from. */
    public void release() {
        pool.release(this);
    }

    void clear() {
        textLength = 0;
        audioBytes = 0;
        response = 0;
        part = 0;
        generation = 0;
        mark = 0;
        readNs = UNTIMED;
    }
}
