package io.ringdown.engine.lane;

import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Via;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines a call leaves in the log. The bracketed ones are fixed: operators search for them. */
final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger("ringdown.call");
    private static final int MAX_ID = 20;
    private static final int MAX_TRANSCRIPT = 120;

    private CallLog() {}

    static void goodbyeDetected(String responseId, String transcript) {
        LOG.info(
                "[BOT_BYE_DETECTED] resp_id={}... text='{}'",
                printable(responseId, MAX_ID),
                printable(transcript, MAX_TRANSCRIPT));
    }

    static void politeHangup(Via via, String responseId, Drain drain) {
        LOG.info(
                "[POLITE_HANGUP] via={} resp_id={}... drain={}",
                via.logName(),
                printable(responseId, MAX_ID),
                drain.logName());
    }

    static void hangupExecuted(HangupReason reason, String callSid) {
        LOG.info("[HANGUP] executed reason={} call_sid={}", reason.logName(), printable(callSid, 64));
    }

    static void conditionsNotMet(Via via, List<HangupCondition> unmet) {
        if (LOG.isDebugEnabled()) {
            List<String> names = unmet.stream()
                    .map(condition -> "'" + condition.logName() + "'")
                    .toList();
            LOG.debug("[MAYBE_HANGUP] Conditions not met (via={}): {}", via.logName(), names);
        }
    }

    static void note(String what, String detail, String callSid) {
        LOG.info(
                "{}{}{} call_sid={}",
                what,
                detail == null ? "" : ": ",
                detail == null ? "" : printable(detail, MAX_TRANSCRIPT),
                printable(callSid, 64));
    }

    static void failed(String callSid, Throwable cause) {
        LOG.error("call failed call_sid={}", printable(callSid, 64), cause);
    }

    /** At most {@code max} characters, with those that could forge or garble a line escaped. */
    static String printable(String text, int max) {
        if (text == null) {
            return "";
        }
        int end = text.length() <= max
                ? text.length()
                : text.offsetByCodePoints(0, Math.min(max, text.codePointCount(0, text.length())));
        StringBuilder line = new StringBuilder(end);
        text.substring(0, end).codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    private static void append(StringBuilder line, int c) {
        int type = Character.getType(c);
        boolean garbling = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
        if (garbling) {
            line.append(String.format("\\u%04x", c));
        } else {
            line.appendCodePoint(c);
        }
    }
}
