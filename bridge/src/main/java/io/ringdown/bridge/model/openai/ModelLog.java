package io.ringdown.bridge.model.openai;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what went wrong on one model's leg, and says each kind of it once a call. Lane only; the counters are shared. */
final class ModelLog {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLog.class);
    private static final int MAX_CODE_CHARS = 64;
    private static final Set<ModelCounter> EVERYDAY =
            EnumSet.of(ModelCounter.MESSAGES_IGNORED, ModelCounter.ERRORS_BENIGN, ModelCounter.ERRORS_COLLISION);

    private final ModelCounters counters;
    private final Set<ModelCounter> said = EnumSet.noneOf(ModelCounter.class);
    private String callSid = "";

    ModelLog(ModelCounters counters) {
        this.counters = counters;
    }

    void begin(String callSid) {
        this.callSid = callSid;
    }

    void counted(ModelCounter counter) {
        counters.count(counter);
        if (!EVERYDAY.contains(counter) && said.add(counter)) {
            LOG.warn("{} call_sid={}", counter.sentence(), callSid);
        }
    }

    /** {@code code} is the model's word for it, or null; its message is not logged, since it may quote a key. */
    void failed(OpenAiError error, String code) {
        ModelCounter counter = error.counter();
        counters.count(counter);
        if (!EVERYDAY.contains(counter) && said.add(counter)) {
            LOG.warn("{}: {} call_sid={}", counter.sentence(), tame(code), callSid);
        }
    }

    /** A connection was not waited for any longer; {@code awaited} is what it had come to. */
    void gaveUp(String awaited) {
        LOG.info("connecting to the model was given up during {} call_sid={}", awaited, callSid);
    }

    private static String tame(String code) {
        if (code == null) {
            return "no code";
        }
        String cut = code.substring(0, Math.min(code.length(), MAX_CODE_CHARS));
        return cut.replaceAll("[^\\w.-]", "?");
    }
}
