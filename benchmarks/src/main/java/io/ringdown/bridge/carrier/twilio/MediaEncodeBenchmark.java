package io.ringdown.bridge.carrier.twilio; // the encoder is package-private

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.ringdown.benchmarks.Speech;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.lane.LaneSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to write the model's audio to the carrier? One operation is one {@code media} message of a frame in a
 * buffer of its own. The baselines are Jackson, told that the text needs no escaping where it will listen.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.ringdown.benchmarks.EventLoopThreads"
        })
public class MediaEncodeBenchmark {
    private static final String SID = "MZ11111111111111111111111111111111";
    private static final int MESSAGE_BYTES = 4_096;

    @Param({"160", "2000"})
    int audioBytes;

    private final ByteBufAllocator buffers = ByteBufAllocator.DEFAULT;
    private final TwilioEncoder encoder = new TwilioEncoder(SID);
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private Frame frame;

    @Setup
    public void check() throws IOException {
        frame = Speech.fill(
                new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, 1).acquire(), Speech.text(audioBytes), audioBytes);
        ByteBuf expected = encoder.media(frame, buffers);
        if (!ByteBufUtil.equals(expected, generated()) || !ByteBufUtil.equals(expected, ofTree())) {
            throw new IllegalStateException("not the same message: " + ofTree().toString(StandardCharsets.US_ASCII));
        }
    }

    @Benchmark
    public int encoder() {
        return sent(encoder.media(frame, buffers));
    }

    @Benchmark
    public int jacksonGenerator() throws IOException {
        return sent(generated());
    }

    @Benchmark
    public int jacksonTree() throws IOException {
        return sent(ofTree());
    }

    private static int sent(ByteBuf message) {
        int bytes = message.readableBytes();
        message.release();
        return bytes;
    }

    private ByteBuf generated() throws IOException {
        ByteBuf message = buffers.ioBuffer(MESSAGE_BYTES);
        try (JsonGenerator json = factory.createGenerator((OutputStream) new ByteBufOutputStream(message))) {
            json.writeStartObject();
            json.writeStringField("event", "media");
            json.writeStringField("streamSid", SID);
            json.writeObjectFieldStart("media");
            json.writeFieldName("payload");
            json.writeRawUTF8String(frame.text(), 0, frame.textLength());
            json.writeEndObject();
            json.writeEndObject();
        }
        return message;
    }

    private ByteBuf ofTree() throws IOException {
        ObjectNode tree = mapper.createObjectNode().put("event", "media").put("streamSid", SID);
        tree.putObject("media")
                .put("payload", new String(frame.text(), 0, frame.textLength(), StandardCharsets.ISO_8859_1));
        ByteBuf message = buffers.ioBuffer(MESSAGE_BYTES);
        mapper.writeValue((OutputStream) new ByteBufOutputStream(message), tree);
        return message;
    }
}
