package io.ringdown.engine.journal;

import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import java.util.List;

/** Every command of a call machine, with the types of what it names; a {@link List} is one of conditions. */
public enum CommandType {
    CONNECT_MODEL,
    CONFIGURE_SESSION,
    OPEN_UPLINK,
    FORWARD_CALLER_AUDIO,
    PAD_CALLER_AUDIO(int.class),
    DROP_AUDIO(DropReason.class),
    REQUEST_RESPONSE(ResponsePurpose.class),
    CANCEL_RESPONSE(String.class),
    TRUNCATE(String.class, int.class, int.class),
    ANSWER_TOOL(String.class, ToolAnswer.class),
    CLOSE_MODEL,
    QUEUE_AUDIO(int.class, int.class, int.class),
    QUEUE_CLIP(Clip.class, int.class, int.class),
    QUEUE_MARK(int.class, int.class),
    STAGE_MARK(int.class, int.class),
    CLEAR(DropReason.class),
    DISCARD(int.class, DropReason.class),
    CLOSE_CARRIER,
    HANG_UP(HangupReason.class),
    SWEEP_HANGUP,
    RELEASE,
    /** With the hash of the transcript, 0 where the words are not all here. */
    GOODBYE_DETECTED(String.class, int.class),
    POLITE_HANGUP(Via.class, String.class, Drain.class),
    CONDITIONS_NOT_MET(Via.class, List.class),
    HANGUP_EXECUTED(HangupReason.class),
    NOTE(String.class, String.class);

    final List<Class<?>> arguments;

    CommandType(Class<?>... arguments) {
        this.arguments = List.of(arguments);
    }
}
