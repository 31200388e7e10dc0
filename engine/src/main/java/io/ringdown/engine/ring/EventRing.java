package io.ringdown.engine.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.ringdown.engine.call.CallEvent;

/**
 * What a lane's sockets and other threads have to tell its calls, in order, in preallocated slots.
 *
 * <p>Nobody waits: a full ring refuses, and the refusal is counted where it happens. The lane's own publishers must keep
 * what they could not claim for; other threads are refused earlier, while less than a reserve is free, so that they never
 * starve the sockets.
 */
public final class EventRing {
    /** Takes drained events. Called by the lane only. */
    @FunctionalInterface
    public interface Drain {
        void onEvent(CallEvent event);
    }

    /** Returned by a claim that found no room. */
    public static final long FULL = -1;

    private final RingBuffer<CallEvent> ring;
    private final EventPoller<CallEvent> poller;
    private final int reserve;
    private final int maxBatch;

    private Drain drain;
    private int drained;
    private Throwable escaped;
    private final EventPoller.Handler<CallEvent> handler = this::handle;

    /**
     * @param slots a power of two
     * @param maxBatch events handled in one drain, at whose end their slots are free again
     */
    public EventRing(int slots, int maxBatch) {
        ring = RingBuffer.createMultiProducer(CallEvent::new, slots, new YieldingWaitStrategy());
        poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        reserve = slots / 4;
        this.maxBatch = maxBatch;
    }

    /** Lane only: claims the next slot, or {@link #FULL}. What was claimed must be published, whatever happens. */
    public long claim() {
        try {
            return ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return FULL;
        }
    }

    /** Any other thread: like {@link #claim}, but leaves a quarter of the ring to the lane's own sockets. */
    public long claimFromOutside() {
        return ring.hasAvailableCapacity(reserve + 1) ? claim() : FULL;
    }

    /** The slot behind a claimed sequence, to be filled before it is published. */
    public CallEvent slot(long sequence) {
        return ring.get(sequence);
    }

    public void publish(long sequence) {
        ring.publish(sequence);
    }

    /**
     * Lane only: hands published events to {@code drain}, in order, at most a batch of them. Returns how many. Every event is
     * shown once: an error that escapes {@code drain} ends the batch and is thrown from here, behind the event.
     */
    public int drain(Drain drain) {
        this.drain = drain;
        drained = 0;
        escaped = null;
        try {
            poller.poll(handler);
        } catch (Exception e) {
            escaped = e; // the poller's own: the handler throws none
        }
        if (escaped != null) {
            throw new IllegalStateException("an error escaped the handling of an event", escaped);
        }
        return drained;
    }

    private boolean handle(CallEvent event, long sequence, boolean endOfBatch) {
        drained++;
        try {
            drain.onEvent(event);
        } catch (RuntimeException | Error e) {
            escaped = e; // thrown through the poller, it would have the event shown again for ever
        }
        event.clear();
        return escaped == null && drained < maxBatch;
    }

    /** Any thread: whether something is published that the lane has not drained. */
    public boolean hasPublished() {
        long next = poller.getSequence().get() + 1;
        return ring.isAvailable(next);
    }

    /** Any thread: slots that can be claimed now. */
    public long free() {
        return ring.remainingCapacity();
    }
}
