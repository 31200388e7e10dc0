package io.ringdown.bridge.record;

/** What is counted of call records and their way to the webhook, each with the sentence an operator would read. */
public enum RecordCounter {
    WRITTEN("call records written"),
    WRITE_FAILED("call records that could not be written to the journal directory"),
    BACKLOG_FULL("call records dropped because too many waited to be written"),
    DELIVERED("call records the webhook took"),
    RETRIED("tries of the webhook that are made again"),
    REJECTED("call records the webhook will not have, kept in outbox/rejected"),
    EXPIRED("call records the webhook did not take within the retention"),
    OUTBOX_FAILED("call records that could not be put into the outbox"),
    OUTBOX_FULL("call records not sent to the webhook because its outbox was full");

    private final String sentence;

    RecordCounter(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
