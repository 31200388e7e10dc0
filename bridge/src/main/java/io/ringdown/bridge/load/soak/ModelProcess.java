package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelScript.Heard;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The simulated model as a process of its own, so that it can be killed. It ends with its standard input. */
public final class ModelProcess {
    static final String LISTENING = "model at ";

    private static final int MAX_GAP_MS = 300;
    private static final Speech.Line GREETING = Speech.line("greeting");
    private static final Speech.Line ANSWER = Speech.line("answer");
    private static final Speech.Line GOODBYE = Speech.line("goodbye");

    private ModelProcess() {}

    /** @param args the port to listen on, 0 for any, and the seed of all that is random */
    public static void main(String[] args) throws IOException {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        AtomicLong own = new AtomicLong(Long.parseLong(args[1]));
        SimulatedModel model = SimulatedModel.start(
                any -> script(own.incrementAndGet()), ModelEndpoint.local().at(address));
        ScheduledExecutorService forgetting = Executors.newSingleThreadScheduledExecutor();
        forgetting.scheduleAtFixedRate(model::forgetEnded, 1, 1, TimeUnit.SECONDS);
        System.out.println(LISTENING + model.uri());
        while (System.in.read() >= 0) {
            // whoever started it is still there
        }
        System.exit(0);
    }

    /** Greets, answers once, and says goodbye to whatever comes then; each time in another order and at another pace. */
    private static ModelScript script(long seed) {
        return ModelScript.script()
                .countingAudioOnly()
                .greeting(reply(GREETING, seed))
                .turn(Heard.text(Speech.line("question").text()), reply(ANSWER, seed + 1))
                .turn(Heard.text(Speech.line("thanks").text()), reply(GOODBYE, seed + 2));
    }

    private static Reply reply(Speech.Line line, long seed) {
        return Reply.saying(line.text(), line.muLaw()).inUnevenDeltas(seed).endingShuffled(seed, MAX_GAP_MS);
    }
}
