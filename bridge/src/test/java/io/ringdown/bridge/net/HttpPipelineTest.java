package io.ringdown.bridge.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline and the replies, byte for byte, with a clock that the test turns. */
class HttpPipelineTest {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final String GET = "GET /here HTTP/1.1\r\nHost: a\r\n\r\n";

    private final List<String> requests = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private HttpReply reply = HttpReply.text(HttpResponseStatus.OK, "fine");

    /** Answers that are given when the test runs them; null: at once. */
    private List<Runnable> late;

    @BeforeEach
    void freeze() {
        channel.freezeTime();
        HttpPipeline.install(channel.pipeline(), MAX_BODY_BYTES);
        channel.pipeline().addLast(new Answering());
    }

    @AfterEach
    void shouldOweNothing() {
        channel.finishAndReleaseAll();
        channel.checkException();
    }

    @Test
    void shouldAnswerAndKeepTheConnection() {
        send(GET);
        assertThat(answer())
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\n"
                        + "cache-control: no-store\r\ncontent-length: 5\r\n\r\nfine\n");
        send("POST /there HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        assertThat(requests).containsExactly("GET /here ", "POST /there abc");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldAnswerPipelinedRequestsInTheirOrder() {
        send(GET + "POST /2 HTTP/1.1\r\nContent-Length: 1\r\n\r\nx" + "GET /3 HTTP/1.1\r\n\r\n");
        assertThat(requests).containsExactly("GET /here ", "POST /2 x", "GET /3 ");
        assertThat(answers()).hasSize(3);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldNotReadFromAPeerThatDoesNotReadAnswers() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldLeaveReadingToTheNextProtocol() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        HttpPipeline.lift(channel.pipeline());
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldCloseWhenThePeerWantsTo() {
        send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(answer()).contains("connection: close");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldSpeakToOldClientsToo() {
        send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(answer()).contains("connection: keep-alive");
        assertThat(channel.isOpen()).isTrue();
        send("GET / HTTP/1.0\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 426, 500, 503})
    void shouldNotKeepAConnectionThatWasRefused(int status) {
        reply = HttpReply.text(HttpResponseStatus.valueOf(status), "no");
        send(GET);
        assertThat(answer()).startsWith("HTTP/1.1 " + status + " ").contains("connection: close");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldSendTheHeadersOfAReply() {
        reply = HttpReply.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET")
                .with(Map.of("Allow", "GET"));
        send(GET);
        assertThat(answer()).contains("Allow: GET\r\n").endsWith("only GET\n");
    }

    @Test
    void shouldSendNoBodyWhereThereMustBeNone() {
        send("HEAD / HTTP/1.1\r\n\r\n");
        assertThat(answer()).contains("content-length: 5").endsWith("\r\n\r\n");
        reply = HttpReply.of(HttpResponseStatus.NO_CONTENT, "text/plain", "");
        send(GET);
        assertThat(answer())
                .startsWith("HTTP/1.1 204 ")
                .doesNotContain("content-length")
                .endsWith("\r\n\r\n");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldPassOtherMethodsOn() {
        send("OPTIONS * HTTP/1.1\r\n\r\n");
        send("BREW /pot HTTP/1.1\r\n\r\n");
        assertThat(requests).containsExactly("OPTIONS * ", "BREW /pot ");
    }

    @Test
    void shouldTakeABodyInChunks() {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        assertThat(requests).isEmpty();
        send("2\r\nde\r\n0\r\n\r\n");
        assertThat(requests).containsExactly("POST / abcde");
    }

    @Test
    void shouldTakeARequestByteByByte() {
        for (char each : "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi".toCharArray()) {
            send(String.valueOf(each));
        }
        assertThat(requests).containsExactly("POST / hi");
    }

    @Test
    void shouldTakeABodyUpToTheLimit() {
        send("POST / HTTP/1.1\r\nContent-Length: " + MAX_BODY_BYTES + "\r\n\r\n" + "x".repeat(MAX_BODY_BYTES));
        assertThat(requests).hasSize(1);
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() {
        send("POST / HTTP/1.1\r\nContent-Length: " + (MAX_BODY_BYTES + 1) + "\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 413 ");
        send("x".repeat(MAX_BODY_BYTES + 1));
        assertThat(requests).isEmpty();
        assertThat(answers()).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatGrowsTooLong() {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        for (int i = 0; i < 20 && channel.isOpen(); i++) {
            send(chunk);
        }
        assertThat(answers()).singleElement().asString().startsWith("HTTP/1.1 413 ");
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldTellWhoAsksToGoOn() {
        send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 100 ");
        send("ok");
        assertThat(requests).containsExactly("POST / ok");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldTellWhoAsksWithTooMuchToGoAway() {
        send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 413 ");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldRefuseAnInitialLineThatIsTooLong() {
        send("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n");
        assertRefused("414");
    }

    @Test
    void shouldRefuseHeadersThatAreTooLong() {
        send("GET / HTTP/1.1\r\nA: " + "x".repeat(9_000) + "\r\nB: " + "x".repeat(9_000) + "\r\n\r\n");
        assertRefused("431");
    }

    @Test
    void shouldRefuseHeadersThatNeverEnd() {
        send("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 1_000 && channel.isOpen(); i++) {
            send("X-" + i + ": " + "y".repeat(30) + "\r\n");
        }
        assertRefused("431");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001 tls instead\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.x\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
            })
    void shouldRefuseWhatIsNoRequest(String bytes) {
        send(bytes);
        assertRefused("400");
    }

    @Test
    void shouldAnswerRubbishOnceAndListenToNoMoreOfIt() {
        send("rubbish\r\n\r\n" + GET + GET);
        assertThat(answers()).hasSize(1);
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldNotLetADribblingPeerRenewItsTime() {
        send("GET / HTTP/1.1\r\n");
        for (int second = 0; second < 14; second++) {
            pass(1);
            send("X-" + second + ": y\r\n");
        }
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldNotLetADribbledBodyRenewItsTime() {
        send("POST / HTTP/1.1\r\nExpect: 100-continue\r\n");
        pass(10);
        send("Content-Length: 100\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 100 ");
        pass(4);
        send("xx");
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).as("being told to go on is not an answer").isFalse();
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() {
        pass(14);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldGiveEachRequestItsOwnTime() {
        for (int i = 0; i < 5; i++) {
            pass(10);
            send(GET);
        }
        assertThat(answers()).hasSize(5);
        assertThat(channel.isOpen()).isTrue();
        pass(15);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldTakeItsTimeToAnswer() {
        late = new ArrayList<>();
        send(GET);
        pass(60);
        assertThat(channel.isOpen()).isTrue();
        late.get(0).run();
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        pass(14);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).as("idle since the answer").isFalse();
    }

    @Test
    void shouldCloseAConnectionThatSaysNothingAfterABodyThatWasTooLong() {
        send("POST / HTTP/1.1\r\nContent-Length: " + (MAX_BODY_BYTES + 1) + "\r\n\r\n");
        send("x".repeat(MAX_BODY_BYTES + 1));
        assertThat(answer()).startsWith("HTTP/1.1 413 ");
        assertThat(channel.isOpen()).isTrue();
        pass(15);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldLeaveNoTimerBehindAClosedConnection() {
        send(GET);
        answer();
        channel.close();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void shouldLiftTheLimitsFromWhatIsNoLongerHttp() {
        HttpPipeline.lift(channel.pipeline());
        channel.pipeline().remove(HttpServerCodec.class);
        pass(3_600);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().names()).noneMatch(name -> name.startsWith("HttpPipeline$"));
    }

    private void assertRefused(String status) {
        assertThat(answers()).singleElement().asString().startsWith("HTTP/1.1 " + status + " ");
        assertThat(requests).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    private void send(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private String answer() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(bytes.toString(US_ASCII));
            bytes.release();
        }
        return all.toString();
    }

    private List<String> answers() {
        String all = answer();
        return all.isEmpty() ? List.of() : List.of(all.split("(?<!^)(?=HTTP/1.1 \\d)"));
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            requests.add(request.method() + " " + request.uri() + " "
                    + request.content().toString(US_ASCII));
            if (late == null) {
                reply.answer(context, request);
            } else {
                late.add(() -> reply.answer(context, request));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            assertThat(cause).isInstanceOf(PrematureChannelClosureException.class);
        }
    }
}
