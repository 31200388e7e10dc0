package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.model.SessionRecord.Cancel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Which reply answers what, and the one-at-a-time rule of the default conversation. Event loop only.
 *
 * <p>A reply said by hand does not ask: so a test can make two responses interleave.
 */
final class Responses {
    private static final Set<String> FIELDS = Set.of(
            "instructions",
            "tools",
            "tool_choice",
            "output_modalities",
            "max_output_tokens",
            "audio",
            "conversation",
            "input",
            "metadata",
            "prompt",
            "reasoning",
            "parallel_tool_calls");
    private static final int MAX_METADATA = 16;
    private static final int MAX_METADATA_KEY = 64;
    private static final int MAX_METADATA_VALUE = 512;

    private final Wire wire;
    private final SessionConfig config;
    private final ModelScript script;
    private final Conversation conversation;
    private final SessionRecord record;
    private final List<ReplyPlayer> playing = new ArrayList<>();
    private Reply unansweredTurn;
    private boolean begun;
    private int toolReplies;
    private int promptedReplies;

    Responses(Wire wire, SessionConfig config, ModelScript script, Conversation conversation, SessionRecord record) {
        this.wire = wire;
        this.config = config;
        this.script = script;
        this.conversation = conversation;
        this.record = record;
    }

    void create(ClientEvent event) {
        JsonNode response = event.body().path("response");
        check(response);
        if (!response.path("conversation").asText().equals("none")) {
            requireIdle();
        }
        JsonNode metadata = response.path("metadata");
        play(choose(), metadata.isMissingNode() ? NullNode.instance : metadata);
    }

    /** Cancels the response named, or the newest; one not yet created counts as none, as on the real server. */
    void cancel(ClientEvent event) {
        String wanted = event.optionalText("response_id");
        ReplyPlayer found = null;
        for (ReplyPlayer player : playing) {
            if (player.isCreated() && (wanted == null || wanted.equals(player.responseId()))) {
                found = player;
            }
        }
        record.cancelled(new Cancel(System.nanoTime(), wanted, found != null));
        if (found == null) {
            throw new Refusal("response_cancel_not_active", "Cancellation failed: no active response found.", null);
        }
        found.cancel("client_cancelled");
    }

    /** The caller's turn waits for an answer, asked for by the client or by turn detection. */
    void turnCommitted(Reply reply) {
        unansweredTurn = reply;
    }

    /** Turn detection asks by itself; an error tells the client when that is not possible now. */
    void answerTurn() {
        try {
            requireIdle();
        } catch (Refusal busy) {
            wire.sendError("invalid_request_error", busy, null);
            return;
        }
        conversation.takeToolAnswer(); // whatever came since the last response, this one answers it as well
        play(takeTurn(), NullNode.instance);
    }

    void interrupt() {
        List.copyOf(playing).forEach(player -> player.cancel("turn_detected"));
    }

    void say(Reply reply) {
        play(reply, NullNode.instance);
    }

    private Reply choose() {
        if (conversation.takeToolAnswer()) {
            return script.afterToolReply(toolReplies++);
        }
        if (unansweredTurn != null) {
            return takeTurn();
        }
        return begun ? script.promptedReply(promptedReplies++) : script.greetingReply();
    }

    private Reply takeTurn() {
        Reply answer = unansweredTurn;
        unansweredTurn = null;
        return answer;
    }

    private void play(Reply reply, JsonNode metadata) {
        ResponseEvents events = new ResponseEvents(wire, config, conversation, metadata);
        ReplyPlayer player = new ReplyPlayer(reply, events, wire, record);
        playing.add(player);
        begun = true;
        player.start(() -> playing.remove(player));
    }

    private void requireIdle() {
        if (!playing.isEmpty()) {
            throw new Refusal(
                    "conversation_already_has_active_response",
                    "Conversation already has an active response in progress: "
                            + playing.get(0).responseId() + ".",
                    null);
        }
    }

    private static void check(JsonNode response) {
        if (response.isMissingNode() || response.isNull()) {
            return;
        }
        if (!(response instanceof ObjectNode)) {
            throw Refusal.wrongType("response", "an object");
        }
        for (Iterator<String> names = response.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw Refusal.unknown("response." + name);
            }
        }
        checkMetadata(response.path("metadata"));
    }

    private static void checkMetadata(JsonNode metadata) {
        boolean valid = metadata.size() <= MAX_METADATA;
        for (Iterator<String> keys = metadata.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            JsonNode value = metadata.get(key);
            valid &= key.length() <= MAX_METADATA_KEY
                    && value.isTextual()
                    && value.textValue().length() <= MAX_METADATA_VALUE;
        }
        if (!valid) {
            throw Refusal.invalid("response.metadata", "at most 16 pairs of short strings");
        }
    }
}
