package io.ringdown.bridge.simulator.carrier;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the caller does, and when. Timed steps stand alone. Hearing steps run one after the other, none while the caller
 * still speaks, and each waits for speech of the model that began after the step before it was taken and was not cleared, so
 * that one answer never triggers two steps.
 *
 * <pre>{@code
 * CallerScript.SILENT
 *         .at(500, say(hello))
 *         .afterHearing(300, say(question))
 *         .whileHearing(800, say(interruption))
 *         .afterHearing(2_000, hangUp())
 * }</pre>
 */
public record CallerScript(List<Step> steps) {
    public static final CallerScript SILENT = new CallerScript(List.of());

    /** What a step waits for. */
    public enum Moment {
        /** So many ms after the socket was upgraded. */
        AT,
        /** The model has been heard, and then nothing for so many ms. */
        AFTER_HEARING,
        /** The model has been heard for so many ms and is still being heard. */
        WHILE_HEARING
    }

    public record Step(Moment moment, long ms, CallerAction action) {}

    public CallerScript {
        steps = List.copyOf(steps);
    }

    public CallerScript at(long ms, CallerAction action) {
        return and(new Step(Moment.AT, ms, action));
    }

    public CallerScript afterHearing(long silenceMs, CallerAction action) {
        return and(new Step(Moment.AFTER_HEARING, silenceMs, action));
    }

    public CallerScript whileHearing(long heardMs, CallerAction action) {
        return and(new Step(Moment.WHILE_HEARING, heardMs, action));
    }

    List<Step> timed() {
        return steps.stream().filter(step -> step.moment() == Moment.AT).toList();
    }

    List<Step> hearing() {
        return steps.stream().filter(step -> step.moment() != Moment.AT).toList();
    }

    private CallerScript and(Step step) {
        return new CallerScript(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }
}
