package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.carrier.twilio.Authentication;
import io.ringdown.bridge.carrier.twilio.StreamTokens;
import io.ringdown.bridge.carrier.twilio.TwilioLeg;
import io.ringdown.bridge.carrier.twilio.Workbench;
import io.ringdown.bridge.model.openai.ModelConnector;
import io.ringdown.bridge.model.openai.ModelCounters;
import io.ringdown.bridge.model.openai.ModelEndpoint;
import io.ringdown.bridge.net.LaneSockets;
import io.ringdown.bridge.net.Transport;
import io.ringdown.bridge.operations.api.EndedCalls;
import io.ringdown.bridge.record.BegunCall;
import io.ringdown.bridge.record.FinishedCall;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The lane's sockets are never turned, so that the model is asked for and never reached. */
class CallOpeningTest {
    private static final String ACCOUNT = "AC22222222222222222222222222222222";
    private static final String CALL = "CA33333333333333333333333333333333";
    private static final String OTHER_CALL = "CA00000000000000000000000000000099";

    private final List<HangupCommand> hangups = new ArrayList<>();
    private final List<CallSummary> summaries = new ArrayList<>();
    private final List<BegunCall> begun = new ArrayList<>();
    private final List<FinishedCall> records = new ArrayList<>();
    private final CallRegistry registry = new CallRegistry();
    private final StreamTokens tokens = new StreamTokens("secret");
    private final Lane lane =
            new Lane("lane-0", new LaneSettings(64, 2, 64, 64, 16_000, 160_000), () -> 0, hangups::add, () -> {});
    private ModelEndpoint endpoint;
    private Agents agents;
    private CallOpening opening;

    @BeforeEach
    void open() throws IOException {
        endpoint = ModelEndpoint.open(URI.create("ws://127.0.0.1:9"), Optional.empty(), List.of());
        Settings settings = SettingsOf.yaml("""
                agents:
                  sales: {called: ["+15550001"], max_calls: 1, model: gpt-realtime-mini}
                """);
        agents = new Agents(Roster.of(settings.drain(), settings.agents().values()));
        LaneSockets never = new LaneSockets(Transport.NIO);
        opening = new CallOpening(
                lane,
                agents,
                new Workbench(() -> 0),
                new ModelConnector(never, NioSocketChannel.class, endpoint),
                new ModelCounters(),
                new Authentication(Optional.empty(), Optional.of(tokens), Optional.of(ACCOUNT)),
                registry,
                new EndedCalls(),
                begun::add,
                records::add);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void shouldRegisterAStreamWhenItStartsAndForgetItWhenItIsOver() {
        EmbeddedChannel stream = stream();
        assertThat(registry.find(CALL)).isNull();
        assertThat(begun).isEmpty();
        start(stream, token());
        assertThat(begun).singleElement().satisfies(call -> {
            assertThat(call.start().callSid()).isEqualTo(CALL);
            assertThat(call.agent()).isEqualTo("default");
        });
        assertThat(registry.find(CALL)).isNotNull();
        stream.close();
        turn();
        assertThat(registry.find(CALL)).isNull();
        assertThat(summaries)
                .singleElement()
                .satisfies(summary -> assertThat(summary.callSid()).isEqualTo(CALL));
    }

    @Test
    void shouldLetANewStreamOfTheSameCallReplaceTheOldOne() {
        EmbeddedChannel old = stream();
        start(old, token());
        var replaced = registry.find(CALL);
        EmbeddedChannel young = stream();
        start(young, token());
        assertThat(registry.find(CALL)).isNotNull().isNotEqualTo(replaced);
        assertThat(replaced.latch().reason()).isEqualTo(HangupReason.STREAM_REPLACED);

        old.close();
        turn();
        assertThat(summaries)
                .singleElement()
                .satisfies(summary -> assertThat(summary.reason()).isEqualTo(HangupReason.STREAM_REPLACED));
        assertThat(registry.find(CALL)).as("the young one stays").isNotNull();
        assertThat(hangups).as("the phone call goes on").isEmpty();
        young.close();
        turn();
        assertThat(registry.find(CALL)).isNull();
    }

    @Test
    void shouldReplaceTheOldOneThoughItsLaneHasNoRoomToBeTold() {
        EmbeddedChannel old = stream();
        start(old, token());
        CallAddress replaced = registry.find(CALL);
        EmbeddedChannel young = stream();
        while (replaced.tell(event -> event.digitPressed("1"))) {}
        young.writeInbound(new TextWebSocketFrame(message(token())));
        assertThat(replaced.latch().reason()).as("asked, and not heard").isNull();
        turn();
        assertThat(replaced.latch().reason()).isEqualTo(HangupReason.STREAM_REPLACED);
        old.close();
        young.close();
        turn();
    }

    @Test
    void shouldNotLetATokenInTwice() {
        EmbeddedChannel first = stream();
        String token = token();
        start(first, token);
        var known = registry.find(CALL);
        EmbeddedChannel thief = stream();
        start(thief, token);
        assertThat(registry.find(CALL)).as("the first is not replaced").isSameAs(known);
        assertThat(known.latch().reason()).isNull();
        assertThat(summaries).as("the thief is gone").hasSize(1);
        assertThat(hangups).as("a stranger ends no phone call").isEmpty();
        first.close();
        thief.close();
        turn();
    }

    @Test
    void shouldLetNoStreamOfAnotherAccountIn() {
        EmbeddedChannel stream = stream();
        String stolen = message(token()).replace(ACCOUNT, "AC99999999999999999999999999999999");
        stream.writeInbound(new TextWebSocketFrame(stolen));
        turn();
        assertThat(registry.find(CALL)).isNull();
        assertThat(summaries).hasSize(1);
        assertThat(hangups).isEmpty();
        stream.close();
    }

    @Test
    @DisplayName("S35 an agent nobody knows")
    void shouldLetNoStreamInWhoseAgentNobodyKnows() {
        EmbeddedChannel stream = stream();
        stream.writeInbound(new TextWebSocketFrame(message(token(), "nobody", "+15550001")));
        turn();
        assertThat(registry.find(CALL)).isNull();
        assertThat(agents.refusedAsUnknown()).isEqualTo(1);
        assertThat(agents.refusedAsFull()).isZero();
        assertThat(hangups).as("its TwiML hangs up").isEmpty();
        assertThat(summaries).hasSize(1);
        stream.close();
    }

    @Test
    void shouldGiveAnAgentNoMoreCallsThanItMayHave() {
        EmbeddedChannel first = stream();
        first.writeInbound(new TextWebSocketFrame(message(token(), null, "+15550001")));
        turn();
        EmbeddedChannel second = stream();
        String another = message(tokens.mint(OTHER_CALL, System.currentTimeMillis()), "sales", "+15559999");
        second.writeInbound(new TextWebSocketFrame(another.replace(CALL, OTHER_CALL)));
        turn();
        assertThat(summaries).as("the second is refused").hasSize(1);
        assertThat(agents.refusedAsFull()).isEqualTo(1);
        assertThat(agents.agentFor(null, "+15550001", OTHER_CALL)).isEmpty();
        assertThat(agents.agentFor(null, "+15550001", CALL))
                .as("the one it has")
                .contains("sales");
        assertThat(agents.agentFor(null, "+15559999", OTHER_CALL)).contains("default");

        first.close();
        turn();
        assertThat(agents.agentFor(null, "+15550001", OTHER_CALL)).contains("sales");
        second.close();
        turn();
        assertThat(agents.agentFor(null, "+15550001", OTHER_CALL))
                .as("nothing is given back twice")
                .contains("sales");
    }

    @Test
    void shouldOpenNothingWhenTheLaneIsFull() {
        EmbeddedChannel first = stream();
        EmbeddedChannel second = stream();
        assertThat(opening.open(summaries::add)).isNull();
        first.close();
        turn();
        TwilioLeg again = opening.open(summaries::add);
        assertThat(again).isNotNull();
        new EmbeddedChannel(again).close();
        second.close();
        turn();
        assertThat(lane.calls()).isZero();
    }

    private EmbeddedChannel stream() {
        EmbeddedChannel channel = new EmbeddedChannel(opening.open(summaries::add));
        turn();
        return channel;
    }

    private void start(EmbeddedChannel stream, String token) {
        stream.writeInbound(new TextWebSocketFrame(message(token)));
        turn();
    }

    private String token() {
        return tokens.mint(CALL, System.currentTimeMillis());
    }

    private static String message(String token) {
        return message(token, null, null);
    }

    private static String message(String token, String agent, String called) {
        String more = (agent == null ? "" : ",\"agent\":\"" + agent + '"')
                + (called == null ? "" : ",\"called\":\"" + called + '"');
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + ACCOUNT
                + "\",\"streamSid\":\"MZ11111111111111111111111111111111\",\"callSid\":\"" + CALL
                + "\",\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},"
                + "\"customParameters\":{\"token\":\"" + token + "\"" + more + "}},"
                + "\"streamSid\":\"MZ11111111111111111111111111111111\"}";
    }

    private void turn() {
        while (lane.doWork() > 0) {
            // until nothing is left to do
        }
    }
}
