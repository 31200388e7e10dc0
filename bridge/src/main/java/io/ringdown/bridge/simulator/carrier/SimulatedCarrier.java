package io.ringdown.bridge.simulator.carrier;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A carrier whose phone calls go to a bridge over real sockets, all on a few event loops. Any thread may place calls and
 * complete them; {@link #close()} drops every connection.
 */
public final class SimulatedCarrier implements AutoCloseable {
    static final String CALLER = "+15005550006";
    static final String CALLED = "+15005550001";

    private static final int CLOSE_WAIT_S = 3;

    private final Account account;
    private final IoEventLoopGroup group;
    private final boolean ownsGroup;
    private final Map<String, CarrierCall> live = new ConcurrentHashMap<>();
    private final Set<String> endedSids = ConcurrentHashMap.newKeySet();

    private SimulatedCarrier(Account account, IoEventLoopGroup group, boolean ownsGroup) {
        this.account = Objects.requireNonNull(account, "account");
        this.group = group;
        this.ownsGroup = ownsGroup;
    }

    /** With one event loop of its own, enough for hundreds of calls. */
    public static SimulatedCarrier start(Account account) {
        return new SimulatedCarrier(account, ownGroup(), true);
    }

    /** On {@code group}, of epoll or NIO, which remains the caller's to close. */
    public static SimulatedCarrier start(Account account, IoEventLoopGroup group) {
        return new SimulatedCarrier(account, group, false);
    }

    /** Returns at once; how it goes, the call tells. */
    public CarrierCall place(CallPlan plan) {
        CarrierCall call = new CarrierCall(plan, group.next());
        live.put(call.callSid(), call);
        call.ending().thenRun(() -> forget(call));
        call.loop().execute(() -> new CallSetup(call, account).begin());
        return call;
    }

    /** What the REST API does with {@code Status=completed}: a live call stops at once. Any thread. */
    public Completion completedByRest(String callSid) {
        long nowNs = System.nanoTime();
        CarrierCall call = live.get(callSid);
        if (call != null) {
            return call.complete(nowNs);
        }
        return endedSids.contains(callSid) ? Completion.NOT_IN_PROGRESS : Completion.UNKNOWN;
    }

    public int liveCalls() {
        return live.size();
    }

    @Override
    public void close() {
        CompletableFuture<?>[] endings =
                live.values().stream().map(CarrierCall::ending).toArray(CompletableFuture[]::new);
        live.values().forEach(CarrierCall::abandon);
        CompletableFuture.allOf(endings)
                .completeOnTimeout(null, CLOSE_WAIT_S, TimeUnit.SECONDS)
                .join();
        if (ownsGroup) {
            group.shutdownGracefully(0, CLOSE_WAIT_S, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private void forget(CarrierCall call) {
        endedSids.add(call.callSid());
        live.remove(call.callSid(), call);
    }

    private static IoEventLoopGroup ownGroup() {
        var threads = new DefaultThreadFactory("simulated-carrier", true);
        var handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, threads, handlers);
    }
}
