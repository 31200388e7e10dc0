package io.ringdown.engine.call;

/** Tool calls of the model. {@code end_call} is the only tool there is; the rest is told so, within a limit. */
final class Tools {
    static final String END_CALL = "end_call";

    /** A model may call tools in a loop: after so many it is told to stop, after twice as many it is not answered. */
    private static final int MAX_CALLS = 16;

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
        if (++calls > 2 * MAX_CALLS) {
            return;
        }
        if (ends) {
            call.commands.answerTool(event.toolCallId(), again ? ToolAnswer.ALREADY_ENDING : ToolAnswer.ENDING);
        } else if (calls > MAX_CALLS) {
            call.commands.answerTool(event.toolCallId(), ToolAnswer.LIMIT_REACHED);
        } else {
            call.commands.answerTool(event.toolCallId(), ToolAnswer.UNKNOWN_TOOL);
            pending = true;
            call.due(Deadline.TOOL, call.times.toolTimeoutNs());
            gate.want(ResponsePurpose.TOOL_ANSWER);
        }
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
