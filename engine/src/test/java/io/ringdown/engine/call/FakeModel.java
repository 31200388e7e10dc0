package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayList;
import java.util.List;

/** The speech-to-speech side: says what the test tells it to, in any order, and writes down what it is asked for. */
final class FakeModel {
    /** What most deltas are: 250 ms. */
    private static final int DELTA_BYTES = 2_000;

    private final VirtualCall call;

    final List<ResponsePurpose> requests = new ArrayList<>();
    final List<String> cancels = new ArrayList<>();
    final List<String> truncations = new ArrayList<>();
    final List<ToolAnswer> toolAnswers = new ArrayList<>();
    int connects;
    int configures;
    int closes;

    FakeModel(VirtualCall call) {
        this.call = call;
    }

    void connects() {
        call.happens(EventType.MODEL_CONNECTED);
    }

    void confirms() {
        call.happens(EventType.SESSION_CONFIRMED);
    }

    void isLost() {
        call.happens(event -> event.failed(EventType.MODEL_LOST, "closed"));
    }

    void begins(String response) {
        begins(response, ResponsePurpose.TURN);
    }

    void begins(String response, ResponsePurpose purpose) {
        call.happens(event -> event.responseCreated(response, purpose));
    }

    /** Speech of {@code ms}, in deltas of 250 ms, all at once as models do. */
    void speaks(String response, int ms) {
        speaks(response, response + "-item", ms);
    }

    void speaks(String response, String item, int ms) {
        for (int left = ms * MuLaw.BYTES_PER_MS; left > 0; left -= DELTA_BYTES) {
            delta(response, item, Math.min(left, DELTA_BYTES));
        }
    }

    void delta(String response, String item, int bytes) {
        call.happens(event -> event.audioDelta(response, item, 0, call.frame(bytes)));
    }

    void endsAudio(String response) {
        endsAudio(response, response + "-item");
    }

    void endsAudio(String response, String item) {
        call.happens(event -> event.audioDone(response, item, 0));
    }

    void words(String response, String text) {
        words(response, response + "-item", text);
    }

    void words(String response, String item, String text) {
        call.happens(event -> event.transcriptDone(response, item, 0, text));
    }

    void done(String response) {
        done(response, ResponseStatus.COMPLETED);
    }

    void done(String response, ResponseStatus status) {
        call.happens(event -> event.responseDone(response, status));
    }

    void callsTool(String response, String tool) {
        call.happens(event -> event.toolCalled(response, "call-" + response, tool));
    }

    /** A whole response, generated at once, in the usual order: the end of the audio first. */
    void says(String response, int ms, String text) {
        begins(response);
        finishes(response, ms, text);
    }

    void finishes(String response, int ms, String text) {
        speaks(response, ms);
        endsAudio(response);
        words(response, text);
        done(response);
    }
}
