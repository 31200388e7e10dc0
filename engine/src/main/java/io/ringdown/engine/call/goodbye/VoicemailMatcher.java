package io.ringdown.engine.call.goodbye;

public final class VoicemailMatcher {
    public boolean isVoicemail(String transcript) {
        return false;
    }
}
