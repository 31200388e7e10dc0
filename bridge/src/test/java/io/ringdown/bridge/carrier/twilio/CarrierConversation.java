package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringdown.bridge.json.PlainJson;
import io.ringdown.bridge.wire.Conversation;
import io.ringdown.bridge.wire.Damage;
import io.ringdown.bridge.wire.OddAudio;
import io.ringdown.bridge.wire.OddJson;
import io.ringdown.bridge.wire.Tape;

/** Media frames and marks of a stream that has started, read by the decoder. Audio, marks and the stop are heard. */
class CarrierConversation implements Conversation, TwilioMessages {
    private final TwilioDecoder decoder = new TwilioDecoder(this, new PlainJson());
    private final CarrierMeaning jackson = new CarrierMeaning();
    private byte[] document;
    private String meaning = "";
    private boolean fast;

    CarrierConversation() {
        byte[] start = SpokenTwilio.START.getBytes(UTF_8);
        decoder.decode(start, start.length);
    }

    @Override
    public byte[] write(Tape tape) {
        OddJson json = new OddJson(tape);
        String event = tape.oneIn(5) ? "mark" : "media";
        String body = event.equals("mark") ? mark(json, tape) : media(json, tape);
        String named = tape.oddOneIn(24) ? tape.of("mark", "media", "dtmf", "connected", "stop", "") : event;
        String sid = tape.oddOneIn(32) ? SpokenTwilio.SID2 : SpokenTwilio.SID1;
        String message = json.object(
                json.text("event", named),
                json.text("sequenceNumber", "2"),
                json.raw(event, body),
                json.text("streamSid", sid));
        return Damage.bytes(message, tape);
    }

    private static String media(OddJson json, Tape tape) {
        return json.object(
                json.text("track", tape.oddOneIn(24) ? "outbound" : "inbound"),
                json.text("chunk", "1"),
                tape.oneIn(4)
                        ? json.raw("timestamp", String.valueOf(tape.place(1 << 16)))
                        : json.text("timestamp", String.valueOf(tape.place(1 << 16))),
                json.text("payload", OddAudio.of(tape)));
    }

    private static String mark(OddJson json, Tape tape) {
        String name = "g" + tape.below(20) + tape.of(".m", ".m", ".m", ".", ".m0", ".m-", "m") + tape.place(3_000);
        return json.object(json.text("name", name));
    }

    @Override
    public String meaning(byte[] document) {
        return jackson.of(document);
    }

    @Override
    public Heard read(byte[] document) {
        this.document = document;
        meaning = "";
        fast = false;
        decoder.decode(document, document.length);
        return new Heard(meaning, fast);
    }

    @Override
    public void media(byte[] text, int offset, int length, long timestampMs) {
        fast = text == document; // the full parser's audio stands in an array of its own
        meaning += "media " + new String(text, offset, length, ISO_8859_1) + " at " + timestampMs;
    }

    @Override
    public void mark(int generation, int number) {
        meaning += "mark " + generation + " " + number;
    }

    @Override
    public void stopped() {
        meaning += "stopped";
    }

    @Override
    public void connected() {}

    @Override
    public void started(StreamStart start) {}

    @Override
    public void dtmf(String digit) {}

    @Override
    public void bad(BadMessage reason) {}
}
