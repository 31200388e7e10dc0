package io.ringdown.engine.call.goodbye;

public final class GoodbyeMatcher {
    public boolean modelSaysGoodbye(String transcript) {
        return false;
    }

    public boolean callerSaysGoodbye(String transcript) {
        return false;
    }
}
