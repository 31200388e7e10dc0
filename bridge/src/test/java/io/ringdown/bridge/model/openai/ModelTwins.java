package io.ringdown.bridge.model.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringdown.bridge.wire.Conversation;
import io.ringdown.bridge.wire.SameMeaning;
import io.ringdown.bridge.wire.ShortCut;
import io.ringdown.bridge.wire.Tally;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The decoder under its check, and decoders which take a short cut and must not pass it. */
final class ModelTwins {
    static final Tally DECODER = new Tally();

    private ModelTwins() {}

    static final class Decoder extends SameMeaning {
        @Override
        protected Conversation begin() {
            return new ModelConversation();
        }

        @Override
        protected Tally tally() {
            return DECODER;
        }
    }

    abstract static class Twin extends SameMeaning {
        @Override
        protected Tally tally() {
            return new Tally();
        }
    }

    /** Looks for the names wherever they stand, as one does who has seen only good messages. */
    static final class Searching extends Twin {
        private static final Pattern DELTA = Pattern.compile(
                "\"response_id\":\"([^\"]+)\",\"item_id\":\"([^\"]+)\",.*\"delta\":\"([A-Za-z0-9+/=]+)\"");

        @Override
        protected Conversation begin() {
            return new ModelConversation() {
                @Override
                public Heard read(byte[] document) {
                    Matcher delta = DELTA.matcher(new String(document, ISO_8859_1));
                    Heard heard = super.read(document);
                    return delta.find() && heard.meaning().isEmpty()
                            ? new Heard("audio " + delta.group(3), true)
                            : heard;
                }
            };
        }
    }

    static final class BlindToEscapes extends Twin {
        @Override
        protected Conversation begin() {
            return ShortCut.blindToEscapes(new ModelConversation());
        }
    }

    static final class BlindToWhatFollows extends Twin {
        @Override
        protected Conversation begin() {
            return ShortCut.blindToWhatFollows(new ModelConversation());
        }
    }
}
