package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.journal.CallJournal;
import io.ringdown.engine.journal.LaneJournal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost a lane to note an event and the command that answers it? Beside it, what the same bytes cost as a system
 * call, and as a copy into an array and nothing more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class JournalAppendBenchmark {
    /** Events of a turn of a lane with a hundred calls and a tick of 10 ms. */
    private static final int TURN = 64;

    /** A block with one audio event: its header, the call, the time, the event, its command. */
    private static final int BLOCK_BYTES = 32;

    private static final int FILE_BYTES = 64 * 1_024 * 1_024;
    private static final CallCommands NOBODY = (CallCommands) Proxy.newProxyInstance(
            CallCommands.class.getClassLoader(),
            new Class<?>[] {CallCommands.class},
            (proxy, method, arguments) -> method.getReturnType() == int.class ? 0 : null);

    private final CallEvent event = new CallEvent();
    private final Frame frame = new FramePool(640, 1).acquire();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] array = new byte[FILE_BYTES];
    private TemporaryJournal journal;
    private LaneJournal lane;
    private CallJournal[] calls;
    private FileChannel file;
    private ByteBuffer direct;
    private long nowNs;
    private long callerMs;
    private int at;
    private int next;

    @Setup(Level.Trial)
    public void begin() throws IOException {
        journal = new TemporaryJournal();
        lane = journal.lane();
        calls = new CallJournal[TURN];
        for (int i = 0; i < TURN; i++) {
            calls[i] = lane.open(Conversations.settings(), new HangupLatch(), NOBODY, 0);
        }
        frame.filled(216, 160);
        Path path = Files.createTempFile("append", null);
        path.toFile().deleteOnExit();
        file = FileChannel.open(path, StandardOpenOption.WRITE);
        direct = ByteBuffer.allocateDirect(BLOCK_BYTES);
    }

    @TearDown(Level.Trial)
    public void end() throws IOException {
        journal.check();
        journal.close();
        file.close();
    }

    /** A caller's 20 ms and the command that forwards them, alone in a turn: a block of its own. */
    @Benchmark
    public void audioEventAlone() {
        nowNs += 20_000_000;
        audio(calls[0]);
        lane.commit();
    }

    /** The same of many calls in one turn. */
    @Benchmark
    @OperationsPerInvocation(TURN)
    public void audioEventInATurn() {
        nowNs += 20_000_000;
        for (CallJournal call : calls) {
            audio(call);
        }
        lane.commit();
    }

    private void audio(CallJournal call) {
        event.callerAudio(frame, callerMs);
        call.happened(event, nowNs);
        call.forwardCallerAudio();
        callerMs += 20;
    }

    /** A sentence of the model, and the goodbye matcher's answer without the matching. */
    @Benchmark
    public void transcriptEvent() {
        nowNs += 20_000_000;
        CallJournal call = calls[next = (next + 1) % TURN];
        event.transcriptDone("resp_0123456789abcdef", "item_0123456789abcdef", 0, "Your table is booked for eight.");
        call.happened(event, nowNs);
        lane.commit();
    }

    /** The bytes of {@link #audioEventAlone}, by a system call. */
    @Benchmark
    public int fileChannelWrite() throws IOException {
        at = (at + BLOCK_BYTES) % FILE_BYTES;
        return file.write(direct.clear(), at);
    }

    /** And copied, and no more. */
    @Benchmark
    public byte[] arrayCopy() {
        at = (at + BLOCK_BYTES) % (FILE_BYTES - BLOCK_BYTES);
        System.arraycopy(block, 0, array, at, BLOCK_BYTES);
        return array;
    }
}
