package io.ringdown.bridge.journal;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Via;
import io.ringdown.engine.journal.AnswerType;
import io.ringdown.engine.journal.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a call ended, or why it did not, in the words of its journal. */
final class EndOfCall {
    private static final String HANGING_UP = "hanging up, drain=";
    private static final String CANCELLED_BY_CALLER = "goodbye cancelled by the caller";

    private final Clock clock;
    private HangupReason reason;
    private Via via;
    private Drain drain;
    private Double atMs;
    private Double goodbyeMs;
    private Double protectedMs; // when words were a goodbye and ended nothing
    private final SpokenResponses spoken = new SpokenResponses();
    private Double cancelledMs;
    private Double confirmedMs;
    private Double gaveUpMs;
    private String carrier;
    private boolean failed;

    EndOfCall(Clock clock) {
        this.clock = clock;
    }

    void add(Entry entry) {
        if (entry instanceof Entry.Happened happened) {
            event(happened.event());
            spoken.event(happened.event());
        } else if (entry instanceof Entry.Commanded command) {
            command(command);
        } else if (entry instanceof Entry.Answered answered) {
            answer(answered);
        } else if (entry instanceof Entry.Failed) {
            failed = true;
        }
    }

    private void event(CallEvent event) {
        switch (event.type()) {
            case CARRIER_STOPPED -> gone("carrier_stop");
            case CARRIER_LOST -> gone("carrier_lost");
            case START_REFUSED -> gone("start_refused");
            case HANGUP_CONFIRMED -> confirmedMs = clock.lastMs();
            case HANGUP_GAVE_UP -> gaveUpMs = clock.lastMs();
            default -> {}
        }
    }

    private void gone(String how) {
        if (reason == null && carrier == null) {
            carrier = how;
            atMs = clock.lastMs();
        }
    }

    private void command(Entry.Commanded command) {
        switch (command.type()) {
            case HANG_UP -> claimed((HangupReason) command.arguments().get(0));
            case POLITE_HANGUP -> {
                via = (Via) command.arguments().get(0);
                drain = (Drain) command.arguments().get(2);
            }
            case GOODBYE_DETECTED -> {
                goodbyeMs = clock.lastMs();
                protectedMs = null;
                cancelledMs = null;
            }
            case NOTE -> note((String) command.arguments().get(0));
            default -> {}
        }
    }

    /** If a goodbye counts, the machine says so next. */
    private void answer(Entry.Answered answer) {
        if (answer.type() == AnswerType.MODEL_GOODBYE && Boolean.TRUE.equals(answer.answer()) && goodbyeMs == null) {
            protectedMs = clock.lastMs();
        }
    }

    private void claimed(HangupReason why) {
        if (reason == null) {
            reason = why;
            atMs = clock.lastMs();
        }
    }

    private void note(String what) {
        if (CANCELLED_BY_CALLER.equals(what)) {
            cancelledMs = clock.lastMs();
        } else if (what != null && what.startsWith(HANGING_UP)) {
            String name = what.substring(HANGING_UP.length());
            drain = Arrays.stream(Drain.values())
                    .filter(any -> any.logName().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Whether all conditions held in the end, and not only a bound or somebody's word. */
    boolean isPolite() {
        return drain == Drain.MARK || drain == Drain.QUEUES;
    }

    /** @param over whether nothing is left of the call */
    Timeline.End told(HangupSubject subject, Conditions conditions, boolean over) {
        HangupCondition last = isPolite() ? conditions.last() : null;
        return new Timeline.End(
                reason != null ? reason.logName() : carrier,
                via == null ? null : via.logName(),
                drain == null ? null : drain.logName(),
                atMs,
                confirmedMs,
                subject.isKnown() ? subject.response() : null,
                last == null ? null : last.logName(),
                whyNot(subject, conditions, over));
    }

    private String whyNot(HangupSubject subject, Conditions conditions, boolean over) {
        if (reason != null) {
            String why = Stream.of(whatDidNotHold(conditions), whyNoGoodbyeDid(), whyItGoesOn(over))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("; "));
            return why.isEmpty() ? null : why;
        }
        String whoEnded = carrier == null ? "the call goes on" : "the carrier ended the call (" + carrier + ")";
        if (!subject.isKnown() && goodbyeMs == null) {
            return whyNothingWasDue(whoEnded);
        }
        if (subject.isPending() || carrier != null && !wasCancelled(conditions)) {
            return whoEnded + " while the goodbye of response " + subject.response() + " still waited for: "
                    + names(conditions.unmet());
        }
        if (cancelledMs != null) {
            return spokenOver(whoEnded);
        }
        return failed
                ? "the call failed: " + whoEnded
                : "the goodbye of response " + subject.response() + " was cancelled, cut or failed: " + whoEnded
                        + "; what did not hold: " + names(conditions.unmet());
    }

    private String whatDidNotHold(Conditions conditions) {
        return drain == Drain.TIMEOUT
                ? "a bounded wait ended the call; what did not hold: " + names(conditions.unmet())
                : null;
    }

    /** What is ordered is not done until the carrier's stream says so. */
    private String whyItGoesOn(boolean over) {
        if (over) {
            return null;
        }
        if (gaveUpMs != null) {
            return String.format(
                    Locale.ROOT,
                    "the carrier's API failed for good at %.0f ms, and its stream has not ended",
                    gaveUpMs);
        }
        return confirmedMs == null
                ? "the hangup is ordered, and no answer of the carrier's API is known"
                : String.format(
                        Locale.ROOT,
                        "the carrier took the hangup at %.0f ms, and its stream has not ended",
                        confirmedMs);
    }

    /** Silence, a limit or an operator ends the call that a goodbye should have ended. */
    private String whyNoGoodbyeDid() {
        String whoEnded = "the call ended by " + reason.logName();
        return switch (reason) {
            case SILENCE_TIMEOUT, MAX_DURATION, OPERATOR, SHUTDOWN -> {
                if (cancelledMs != null) {
                    yield spokenOver(whoEnded);
                }
                yield goodbyeMs == null
                        ? whyNothingWasDue(whoEnded)
                        : String.format(
                                Locale.ROOT,
                                "the goodbye at %.0f ms was cut, failed or not yet heard: %s",
                                goodbyeMs,
                                whoEnded);
            }
            default -> null;
        };
    }

    private String spokenOver(String whoEnded) {
        return String.format(
                Locale.ROOT, "the caller spoke at %.0f ms, before the goodbye was heard: %s", cancelledMs, whoEnded);
    }

    private String whyNothingWasDue(String whoEnded) {
        if (protectedMs != null) {
            return String.format(
                    Locale.ROOT,
                    "the goodbye at %.0f ms was in the greeting, which ends no call (greeting_protection): %s",
                    protectedMs,
                    whoEnded);
        }
        int untold = spoken.lastWithoutTranscript();
        if (untold > 0) {
            return "the model sent audio of response " + untold
                    + " and no transcript of it, so that nobody knows whether it said goodbye: " + whoEnded;
        }
        return spoken.hasWords()
                ? "nothing that the model said was taken for a goodbye (goodbye_phrases): " + whoEnded
                : null;
    }

    private boolean wasCancelled(Conditions conditions) {
        return cancelledMs != null && conditions.unmet().contains(HangupCondition.PENDING_HANGUP);
    }

    private static String names(List<HangupCondition> conditions) {
        return conditions.isEmpty()
                ? "nothing"
                : conditions.stream().map(HangupCondition::logName).collect(Collectors.joining(", "));
    }
}
