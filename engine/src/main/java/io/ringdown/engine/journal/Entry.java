package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import java.util.Arrays;
import java.util.List;

/** What a record of a journal says. Commands and answers belong to the event before them. */
public sealed interface Entry {
    /** The number of the call in its lane. */
    long call();

    /**
     * A carrier connected.
     *
     * @param settings of the call, its clips silent
     * @param redacted whether words were left out
     */
    record Opened(long call, long nowNs, CallSettings settings, boolean redacted) implements Entry {}

    /** The machine was told {@code event}. */
    record Happened(long call, long nowNs, CallEvent event) implements Entry {}

    record Commanded(long call, CommandType type, List<Object> arguments) implements Entry {
        /** As it would be read again: long texts are cut when they are written. */
        static Commanded of(long call, CommandType type, Object... arguments) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof String text && text.length() > BlockWriter.MAX_TEXT_CHARS) {
                    arguments[i] = text.substring(0, BlockWriter.MAX_TEXT_CHARS);
                }
            }
            return new Commanded(call, type, Arrays.asList(arguments));
        }

        @Override
        public String toString() {
            return "command " + type + arguments;
        }
    }

    /** @param answer a boolean, a number of bytes, a state of the latch or a reason; null if there is no reason */
    record Answered(long call, AnswerType type, Object answer) implements Entry {
        @Override
        public String toString() {
            return "answer " + type + " " + answer;
        }
    }

    /** The call failed: in a command if {@code inCommand}, in its machine or elsewhere in the lane otherwise. */
    record Failed(long call, boolean inCommand, String cause) implements Entry {
        @Override
        public String toString() {
            return "failure " + cause;
        }
    }

    /** Records of the call are missing here. */
    record Gap(long call) implements Entry {}
}
