package io.ringdown.engine.call;

/** The audio of one (item, content part) of a response, counted in μ-law bytes. */
final class AudioPart {
    final int number;
    final String itemId;
    final int contentIndex;

    private long generatedBytes;
    private int receivedBytes;
    private int heardBytes;
    private boolean audioDone;
    private String transcript = "";

    AudioPart(int number, String itemId, int contentIndex) {
        this.number = number;
        this.itemId = itemId;
        this.contentIndex = contentIndex;
    }

    boolean is(String itemId, int contentIndex) {
        return this.contentIndex == contentIndex && this.itemId.equals(itemId);
    }

    /** The model sent so much of it, whatever became of that. */
    void generated(int bytes) {
        generatedBytes += bytes;
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    void audioDone() {
        audioDone = true;
    }

    void transcribed(String transcript) {
        this.transcript = transcript == null ? "" : transcript;
    }

    /** Confirmed by an echo, or settled when the audio was cleared. */
    void heard(long bytes) {
        heardBytes += (int) bytes;
    }

    long generatedBytes() {
        return generatedBytes;
    }

    int receivedBytes() {
        return receivedBytes;
    }

    int heardBytes() {
        return heardBytes;
    }

    boolean hasAudio() {
        return receivedBytes > 0;
    }

    /** Whether no more audio is announced; a part without audio has nothing to wait for. */
    boolean isAudioDone() {
        return audioDone || !hasAudio();
    }

    String transcript() {
        return transcript;
    }
}
