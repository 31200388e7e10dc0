package io.ringdown.bridge.simulator.carrier;

import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One simulated phone call, live or ended: what happened on it and what its caller heard. Any thread may ask; all times are
 * {@link System#nanoTime()} of this process, all audio is μ-law.
 */
public final class CarrierCall {
    private final CallPlan plan;
    private final String callSid;
    private final String streamSid = sid("MZ");
    private final EventLoop loop;
    private final CallLog log;
    private final Playout playout;
    private final CompletableFuture<CallerStream> stream = new CompletableFuture<>();
    private final CompletableFuture<CallEnding> ending = new CompletableFuture<>();
    private final AtomicReference<CallEnding.Cause> cause = new AtomicReference<>();

    CarrierCall(CallPlan plan, EventLoop loop) {
        this.plan = plan;
        this.loop = loop;
        callSid = plan.callSid().orElseGet(() -> sid("CA"));
        log = new CallLog(plan.recordsFully());
        playout = new Playout(plan.recordsFully());
    }

    public String callSid() {
        return callSid;
    }

    public String streamSid() {
        return streamSid;
    }

    /** Completed, on the call's event loop, when its socket is gone; never exceptionally. */
    public CompletableFuture<CallEnding> ending() {
        return ending;
    }

    /** Has it done on the call's event loop, at the latest when the stream is open; after the end, nothing is done. */
    public void perform(CallerAction action) {
        if (!isOver()) {
            onStream(live -> live.perform(action));
        }
    }

    public List<CallMoment> timeline() {
        return log.timeline();
    }

    /** The moments of one kind, in order. */
    public List<CallMoment> moments(CallMoment.Kind kind) {
        return timeline().stream().filter(moment -> moment.kind() == kind).toList();
    }

    /** Marks whose audio was heard or cleared, in that order. */
    public List<MarkEcho> marks() {
        return log.marks();
    }

    /** What the server did against the protocol: the reason, then the message cut to 200 characters. */
    public List<String> violations() {
        return log.violations();
    }

    /** Everything heard so far, each piece with its time; cleared and cut-off audio is not in it. */
    public List<HeardPiece> heard() {
        return playout.heard(System.nanoTime());
    }

    /** {@link #heard()} without its pauses. */
    public byte[] heardAudio() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        heard().forEach(piece -> joined.writeBytes(piece.muLaw()));
        return joined.toByteArray();
    }

    public long heardBytes() {
        return playout.heardBytes(System.nanoTime());
    }

    /** When the last sample heard so far was over; 0 when nothing was heard. */
    public long lastHeardNs() {
        return playout.lastHeardNs(System.nanoTime());
    }

    /** Audio that had arrived and was not yet heard when the call ended; what arrived later is not in it. */
    public int cutOffBytes() {
        return playout.cutOffBytes();
    }

    /**
     * How often audio ran dry and went on within 300 ms. Two responses that follow each other so closely count too: the
     * carrier cannot tell them apart.
     */
    public int underruns() {
        return playout.underruns();
    }

    /** The silence in all underruns together. */
    public long underrunNs() {
        return playout.underrunNs();
    }

    /** All audio that arrived, heard or not. */
    public long downlinkBytes() {
        return playout.receivedBytes();
    }

    /** The caller's audio handed to the socket, silence included. */
    public long uplinkBytes() {
        return log.sentBytes();
    }

    /** The caller's audio dropped because the server did not read. */
    public long unsentBytes() {
        return log.unsentBytes();
    }

    /** When each 20 ms of {@link #recordedCallerAudio()} was sent, as {@link System#nanoTime()}. */
    public long[] uplinkSentNs() {
        return log.sentNs();
    }

    /** What {@link #uplinkBytes()} counts, byte by byte. */
    public byte[] recordedCallerAudio() {
        return log.callerAudio();
    }

    public boolean isOver() {
        return cause.get() != null;
    }

    CallPlan plan() {
        return plan;
    }

    EventLoop loop() {
        return loop;
    }

    CallLog log() {
        return log;
    }

    Playout playout() {
        return playout;
    }

    /** Any thread. True for whoever ends the call first. */
    boolean claimEnd(CallEnding.Cause first) {
        return cause.compareAndSet(null, first);
    }

    /** Any thread. */
    Completion complete(long nowNs) {
        if (!claimEnd(CallEnding.Cause.COMPLETED_BY_REST)) {
            return Completion.NOT_IN_PROGRESS;
        }
        log.noteAt(CallMoment.Kind.REST_COMPLETED, nowNs, "");
        onStream(live -> live.hangUp(nowNs));
        return Completion.COMPLETED;
    }

    /** Any thread: closes the socket without a word. */
    void abandon() {
        if (claimEnd(CallEnding.Cause.CARRIER_CLOSED)) {
            onStream(live -> live.quit(System.nanoTime()));
        }
    }

    void streamOpened(CallerStream live) {
        stream.complete(live);
    }

    /** Event loop. The cause stands if somebody claimed the end before. */
    void ended(CallEnding.Cause otherwise, int code, String detail) {
        claimEnd(otherwise);
        log.note(CallMoment.Kind.CLOSED, cause.get().name());
        ending.complete(new CallEnding(cause.get(), code, detail));
    }

    /** The form that goes with every webhook of this call. */
    Map<String, String> form(Account account, String status) {
        return Map.of(
                "CallSid",
                callSid,
                "AccountSid",
                account.sid(),
                "From",
                SimulatedCarrier.CALLER,
                "Caller",
                SimulatedCarrier.CALLER,
                "To",
                SimulatedCarrier.CALLED,
                "Called",
                SimulatedCarrier.CALLED,
                "CallStatus",
                status,
                "Direction",
                "inbound",
                "ApiVersion",
                "2010-04-01");
    }

    private void onStream(Consumer<CallerStream> deed) {
        loop.execute(() -> stream.thenAccept(deed));
    }

    private static String sid(String prefix) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return prefix + String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
}
