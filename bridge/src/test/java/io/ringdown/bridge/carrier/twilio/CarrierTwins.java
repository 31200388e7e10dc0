package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringdown.bridge.wire.Conversation;
import io.ringdown.bridge.wire.SameMeaning;
import io.ringdown.bridge.wire.ShortCut;
import io.ringdown.bridge.wire.Tally;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The decoder under its check, and decoders which take a short cut and must not pass it. */
final class CarrierTwins {
    static final Tally DECODER = new Tally();

    private CarrierTwins() {}

    static final class Decoder extends SameMeaning {
        @Override
        protected Conversation begin() {
            return new CarrierConversation();
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

    /** Looks for the payload wherever it stands, as one does who has seen only good messages. */
    static final class Searching extends Twin {
        private static final Pattern MEDIA =
                Pattern.compile("\"event\":\"media\".*\"timestamp\":\"([0-9]+)\",\"payload\":\"([A-Za-z0-9+/=]+)\"");

        @Override
        protected Conversation begin() {
            return new CarrierConversation() {
                @Override
                public Heard read(byte[] document) {
                    Matcher media = MEDIA.matcher(new String(document, ISO_8859_1));
                    return media.find()
                            ? new Heard("media " + media.group(2) + " at " + media.group(1), true)
                            : super.read(document);
                }
            };
        }
    }

    static final class BlindToEscapes extends Twin {
        @Override
        protected Conversation begin() {
            return ShortCut.blindToEscapes(new CarrierConversation());
        }
    }

    static final class BlindToWhatFollows extends Twin {
        @Override
        protected Conversation begin() {
            return ShortCut.blindToWhatFollows(new CarrierConversation());
        }
    }

    /** Forgets in one frame of many where the audio goes on. */
    static final class Forgetful extends Twin {
        @Override
        protected Conversation begin() {
            return new CarrierConversation() {
                @Override
                public Heard read(byte[] document) {
                    Heard heard = super.read(document);
                    return heard.fast() ? heard : new Heard(heard.meaning().replaceAll(" at [0-9]+", " at 0"), false);
                }
            };
        }
    }
}
