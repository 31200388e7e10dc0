package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringdown.bridge.json.PlainJson;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a decoder says. */
final class HeardMessages implements TwilioMessages {
    final List<String> heard = new ArrayList<>();
    final TwilioDecoder decoder = new TwilioDecoder(this, new PlainJson());
    StreamStart start;

    HeardMessages hear(String... messages) {
        for (String message : messages) {
            hear(message.getBytes(UTF_8));
        }
        return this;
    }

    HeardMessages hear(byte[] message) {
        decoder.decode(message, message.length);
        return this;
    }

    /** Begins afresh in a stream that has started. */
    static HeardMessages inStream() {
        HeardMessages inStream = new HeardMessages().hear(SpokenTwilio.START);
        inStream.heard.clear();
        return inStream;
    }

    @Override
    public void connected() {
        heard.add("connected");
    }

    @Override
    public void started(StreamStart start) {
        this.start = start;
        heard.add("started " + start.streamSid());
    }

    @Override
    public void media(byte[] text, int offset, int length, long timestampMs) {
        heard.add("media " + new String(text, offset, length, ISO_8859_1) + " at " + timestampMs);
    }

    @Override
    public void mark(int generation, int number) {
        heard.add("mark " + generation + " " + number);
    }

    @Override
    public void dtmf(String digit) {
        heard.add("dtmf " + digit);
    }

    @Override
    public void stopped() {
        heard.add("stopped");
    }

    @Override
    public void bad(BadMessage reason) {
        heard.add("bad " + reason);
    }
}
