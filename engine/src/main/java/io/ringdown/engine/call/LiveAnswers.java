package io.ringdown.engine.call;

/** The call's own latch, and the matchers of its settings. */
public final class LiveAnswers implements CallAnswers {
    private final HangupLatch latch;

    public LiveAnswers(HangupLatch latch) {
        this.latch = latch;
    }

    @Override
    public boolean claim(HangupReason reason, int response) {
        return latch.claim(reason, response);
    }

    @Override
    public boolean close() {
        return latch.close();
    }

    @Override
    public HangupLatch.State latchState() {
        return latch.state();
    }

    @Override
    public HangupReason claimedReason() {
        return latch.reason();
    }

    @Override
    public boolean modelSaysGoodbye(CallSettings settings, String transcript) {
        return settings.goodbyes().modelSaysGoodbye(transcript);
    }

    @Override
    public boolean callerSaysGoodbye(CallSettings settings, String transcript) {
        return settings.goodbyes().callerSaysGoodbye(transcript);
    }

    @Override
    public boolean isVoicemail(CallSettings settings, String transcript) {
        return settings.voicemail().isVoicemail(transcript);
    }
}
