package io.ringdown.bridge.operations.api;

import static io.netty.handler.codec.http.HttpResponseStatus.ACCEPTED;
import static io.netty.handler.codec.http.HttpResponseStatus.CONFLICT;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.bridge.operations.LaneLoads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api}: live calls, one call, the stream of events, hanging up and draining. On the operations thread, but for
 * timelines and records, which one worker reads, and the audit file, which another writes.
 */
public final class CallsApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallsApi.class);
    private static final Pattern CALL = Pattern.compile("/api/calls/([A-Za-z0-9._-]{1,64})(/hangup)?");
    private static final int READS_WAITING = 64;

    /** More than operators do while a disk hangs. */
    private static final int AUDITS_WAITING = 1_000;

    private static final long CLOSE_MS = 1_000;
    private static final long LOOK_MS = 250;
    private static final int LOOKS_PER_VIEW = 4;

    private final Controls controls;
    private final ScheduledExecutorService loop;
    private final ExecutorService reading;
    private final ExecutorService auditing;
    private final LiveCalls live;
    private final EventStream events;
    private final OperatorHangups hangups;
    private int looks;

    /** @param loop the operations thread, from which all else here is called */
    public CallsApi(Controls controls, LaneLoads loads, ScheduledExecutorService loop) {
        this.controls = controls;
        this.loop = loop;
        reading = thread("operations-worker", READS_WAITING);
        auditing = thread("operations-audit", AUDITS_WAITING);
        events = new EventStream(controls);
        live = new LiveCalls(controls.lanes(), loads, loop, events::onView);
        hangups = new OperatorHangups(controls.registry(), controls.hangups(), loop);
        loop.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private static ExecutorService thread(String name, int waiting) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), new DefaultThreadFactory(name, true));
    }

    /** Ended calls are told at once, live ones once a second and only if somebody listens. */
    private void look() {
        try {
            tellEnded();
            if (++looks % LOOKS_PER_VIEW == 0 && events.hasReaders()) {
                live.whenFresh(view -> {});
            }
        } catch (RuntimeException e) { // the schedule would end without a word
            LOG.error("events of calls could not be told", e);
        }
    }

    private void tellEnded() {
        events.onEnded(controls.ended().drain());
    }

    private record Calls(
            List<LiveCall> calls, @JsonUnwrapped ServerView server) {}

    private record HangUp(String callSid, boolean polite) {}

    private record Call(
            Object call,
            @JsonRawValue String timeline,
            @JsonRawValue String record) {

        boolean isKnown() {
            return call != null || timeline != null || record != null;
        }
    }

    /**
     * Answers a request, once, now or later.
     *
     * @param path the request's, without its query
     * @param who may do all this
     */
    public void handle(FullHttpRequest request, String path, Operator who, Consumer<HttpReply> answer) {
        Matcher call = CALL.matcher(path);
        if (path.equals("/api/calls")) {
            reading(request, answer, () -> calls(answer));
        } else if (path.equals("/api/drain")) {
            acting(request, answer, body -> answer.accept(drain(who)), List.of());
        } else if (!call.matches()) {
            answer.accept(Answers.error(NOT_FOUND, "nothing here"));
        } else if (call.group(2) == null) {
            reading(request, answer, () -> call(call.group(1), answer));
        } else {
            acting(request, answer, body -> answer.accept(hangUp(call.group(1), body, who)), List.of("polite"));
        }
    }

    private static void reading(FullHttpRequest request, Consumer<HttpReply> answer, Runnable read) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            read.run();
        } else {
            answer.accept(notAllowed("GET, HEAD"));
        }
    }

    private static void acting(
            FullHttpRequest request, Consumer<HttpReply> answer, Consumer<ActionBody> act, List<String> members) {
        if (!request.method().equals(HttpMethod.POST)) {
            answer.accept(notAllowed("POST"));
            return;
        }
        try {
            act.accept(ActionBody.of(
                    request.headers().get("Content-Type", ""), ByteBufUtil.getBytes(request.content()), members));
        } catch (ActionBody.Refused refused) {
            answer.accept(Answers.error(refused.status(), refused.getMessage()));
        }
    }

    private static HttpReply notAllowed(String allowed) {
        return Answers.error(METHOD_NOT_ALLOWED, "only " + allowed).with(Map.of("Allow", allowed));
    }

    private void calls(Consumer<HttpReply> answer) {
        live.whenFresh(view ->
                answer.accept(Answers.of(OK, new Calls(List.copyOf(view.calls().values()), controls.server()))));
    }

    private void call(String callSid, Consumer<HttpReply> answer) {
        live.whenFresh(view -> {
            tellEnded(); // a lane tells of a call's end before it makes a census without it
            LiveCall found = view.calls().get(callSid);
            Object call = found != null ? found : controls.ended().find(callSid).orElse(null);
            // a live call has no record, and every day's file would be searched for it
            try {
                reading.execute(() -> {
                    Call told = new Call(
                            call,
                            read("timeline", controls.timelines(), callSid),
                            found != null ? null : read("record", controls.records(), callSid));
                    answerLater(
                            answer, told.isKnown() ? Answers.of(OK, told) : Answers.error(NOT_FOUND, "no such call"));
                });
            } catch (RejectedExecutionException full) {
                answer.accept(Answers.error(SERVICE_UNAVAILABLE, "too many timelines are being read"));
            }
        });
    }

    private void answerLater(Consumer<HttpReply> answer, HttpReply reply) {
        try {
            loop.execute(() -> answer.accept(reply));
        } catch (RejectedExecutionException stopped) {
            // whoever asked is gone too
        }
    }

    /** Null when there is none, also when it cannot be read. */
    private static String read(String what, Function<String, Optional<String>> from, String callSid) {
        try {
            return from.apply(callSid).orElse(null);
        } catch (RuntimeException e) {
            LOG.warn("the {} cannot be read call_sid={}", what, callSid, e);
            return null;
        }
    }

    private HttpReply hangUp(String callSid, ActionBody body, Operator who) {
        boolean polite = body.flag("polite");
        OperatorHangups.Answer answer = hangups.hangUp(callSid, polite);
        controls.audit().write(AuditLog.Action.now("hangup", callSid, polite, answer.logName(), who), auditing);
        return switch (answer) {
            case ACCEPTED -> Answers.of(ACCEPTED, new HangUp(callSid, polite));
            case NO_SUCH_CALL -> Answers.error(NOT_FOUND, "no such call");
            case ALREADY_ENDING -> Answers.error(CONFLICT, "the call is ending already");
        };
    }

    private HttpReply drain(Operator who) {
        boolean begun = controls.drain().getAsBoolean();
        String result = begun ? "accepted" : "already_draining";
        controls.audit().write(AuditLog.Action.now("drain", null, null, result, who), auditing);
        return Answers.of(ACCEPTED, controls.server());
    }

    /** Somebody asked for {@code what} who may not; nothing was done. */
    public void refused(String what, boolean acting, String because, Operator who) {
        controls.audit().refused(what, acting, because, who);
    }

    public boolean isFullOfListeners() {
        return events.isFull();
    }

    /** Sends events from now on: everything first, then what changes. The response has begun. */
    public void listen(ChannelHandlerContext context) {
        events.add(context);
        live.whenFresh(view -> {});
    }

    /** Nobody asks any more. What was done is written, unless the disk takes longer than a second; not on the operations thread. */
    @Override
    public void close() {
        reading.shutdownNow();
        auditing.shutdown();
        try {
            if (!auditing.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the last of the audit is only in the log: its file was not written within {} ms", CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        auditing.shutdownNow();
    }
}
