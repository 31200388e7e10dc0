package io.ringdown.stress.broken;

import io.ringdown.stress.Goodbye;
import java.util.concurrent.atomic.AtomicInteger;

/** Each of the two sees on its own thread whether the other was there: both may, and neither may. */
public final class JoinWithoutARing implements Goodbye {
    private final AtomicInteger commands = new AtomicInteger();
    private boolean audioDone;
    private boolean transcriptDone;
    private boolean hungUp;

    @Override
    public void audioDone() {
        audioDone = true;
        hangUpIf(transcriptDone);
    }

    @Override
    public void transcriptDone() {
        transcriptDone = true;
        hangUpIf(audioDone);
    }

    private void hangUpIf(boolean both) {
        if (both && !hungUp) {
            hungUp = true;
            commands.incrementAndGet();
        }
    }

    @Override
    public void playOut() {} // nobody looks again: the two events were the only ones that could

    @Override
    public int commands() {
        return commands.get();
    }
}
