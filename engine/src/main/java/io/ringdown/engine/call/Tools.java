package io.ringdown.engine.call;

/**
 * Tool calls of the model. {@code end_call} is the only tool there is; the rest is told so. A model may call tools in a loop,
 * each turn of which costs money: after {@link CallSettings#maxToolCalls} it is told to stop, with one response in which it
 * can say so to the caller, and after twice as many it is not answered. It can end the call at any time.
 */
final class Tools {
    static final String END_CALL = "end_call";

    private final CallState call;
    private final Goodbyes goodbyes;
    private final ResponseGate gate;
    private int calls;
    private boolean pending;

    Tools(CallState call, Goodbyes goodbyes, ResponseGate gate) {
        this.call = call;
        this.goodbyes = goodbyes;
        this.gate = gate;
    }

    void onCall(CallEvent event, Response response) {
        boolean again = response.isEndingCall();
        boolean ends = END_CALL.equals(event.text());
        if (ends && !again) {
            goodbyes.onEndCall(response);
        }
        int max = call.settings.maxToolCalls();
        if (++calls > 2 * max) {
            return;
        }
        if (ends) {
            call.commands.answerTool(event.toolCallId(), again ? ToolAnswer.ALREADY_ENDING : ToolAnswer.ENDING);
        } else if (calls > max) {
            call.commands.answerTool(event.toolCallId(), ToolAnswer.LIMIT_REACHED);
            if (calls == max + 1) {
                call.commands.note("too many tool calls, the model is told to stop", null);
                awaitWords();
            }
        } else {
            call.commands.answerTool(event.toolCallId(), ToolAnswer.UNKNOWN_TOOL);
            awaitWords();
        }
    }

    private void awaitWords() {
        pending = true;
        call.due(Deadline.TOOL, call.times.toolTimeoutNs());
        gate.want(ResponsePurpose.TOOL_ANSWER);
    }

    /** Whether the model owes words on a tool's answer: silence is not counted meanwhile. */
    boolean isPending() {
        return pending;
    }

    /** The model speaks again, or has taken too long. */
    void settled() {
        pending = false;
    }
}
