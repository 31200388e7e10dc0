package io.ringdown.bridge.load.steady;

import io.netty.channel.EventLoop;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The model of one connection: listens for numbered frames, which tell whose call it is, and says the same sentence every
 * 8 s, in a hoarseness of its own, so that audio taken to a stranger shows. Event loop only.
 */
final class Talker implements ModelScript.CallerAudioListener {
    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(8);

    private static final Speech.Line SENTENCE = Speech.line("answer");
    private static final Speech.Line GOODBYE = Speech.line("goodbye");

    /** Multiples of it, the whole part dropped, lie evenly between 0 and 1, however many there are. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final List<SteadyCall> calls;
    private final Window window;
    private final Reply reply;
    private final UplinkTrace uplink = new UplinkTrace(this::onFrame);
    private final DownlinkTrace downlink;
    private final EventLoop loop;
    private SteadyCall call; // null until a frame has told
    private ModelSession session; // null until audio has come
    private long nextNs;
    private long lateNs; // so much later than it was due the sentence began
    private boolean begun;

    Talker(List<SteadyCall> calls, Window window, EventLoop loop, long seed) {
        this.calls = calls;
        this.window = window;
        this.loop = loop;
        byte[] voice = hoarse(seed);
        reply = Reply.saying(SENTENCE.text(), voice);
        downlink = new DownlinkTrace(voice, window);
    }

    private static byte[] hoarse(long seed) {
        byte[] voice = SENTENCE.muLaw().clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < voice.length; i++) {
            voice[i] ^= (byte) random.nextInt(2);
        }
        return voice;
    }

    /** Greets without a sound: what the caller hears then is all sentences. */
    ModelScript script() {
        return ModelScript.script()
                .greeting(Reply.textOnly("Hello."))
                .whenPrompted(Reply.textOnly("Yes."))
                .deaf()
                .countingAudioOnly()
                .onCallerAudio(this);
    }

    @Override
    public void onCallerAudio(ModelSession session, byte[] mulaw, long atNs) {
        uplink.hear(mulaw, atNs);
        this.session = session;
        if (call != null && !begun) {
            begun = true;
            speakWhenDue();
        }
    }

    /** By the clock, not when audio comes: that comes when a bridge turns, and an answer at once would wait for its next turn. */
    private void speakWhenDue() {
        Runnable speak = () -> {
            if (window.speaking() && session.isOpen()) {
                lateNs = Math.max(0, System.nanoTime() - nextNs);
                nextNs += PERIOD_NS;
                session.say(reply);
                speakWhenDue();
            }
        };
        loop.schedule(speak, nextNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static double share(int ofCall) {
        return ofCall * GOLDEN % 1;
    }

    private void onFrame(int ofCall, int number, long atNs) {
        if (call == null && ofCall < calls.size()) {
            call = calls.get(ofCall);
            call.connect(this);
            nextNs = atNs + (long) (share(ofCall) * PERIOD_NS);
        }
        if (call != null) {
            window.arrived(call.dueNs(number), atNs);
        }
    }

    @Override
    public void onSpeech(ModelSession session, int mulawBytes, long atNs) {
        downlink.say(mulawBytes, atNs - lateNs); // a late generator hides no delay
    }

    /** Says goodbye at its own moment within {@code spreadNs}, and nothing more. */
    void sayGoodbye(long spreadNs) {
        long afterNs = (long) (share(call.number()) * spreadNs);
        loop.schedule(() -> session.say(Reply.saying(GOODBYE.text(), GOODBYE.muLaw())), afterNs, TimeUnit.NANOSECONDS);
    }

    /** What happened in its session. */
    SessionRecord record() {
        return session.record();
    }

    UplinkTrace uplink() {
        return uplink;
    }

    DownlinkTrace downlink() {
        return downlink;
    }
}
