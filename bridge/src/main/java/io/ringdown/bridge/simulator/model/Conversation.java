package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.model.SessionRecord.ToolOutput;
import io.ringdown.bridge.simulator.model.SessionRecord.Truncation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The items of a session, and what the client does to them. Event loop only. */
final class Conversation {
    private final Wire wire;
    private final SessionRecord record;
    private final String id;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Set<String> openCalls = new HashSet<>();
    private String lastItemId;
    private boolean toolAnswered;

    Conversation(Wire wire, SessionRecord record) {
        this.wire = wire;
        this.record = record;
        this.id = wire.newId("conv");
    }

    /** An item; for one of the assistant's speech, how much audio of it there is. */
    private static final class Item {
        private final ObjectNode json;
        private final boolean spoken;
        private int audioBytes;

        Item(ObjectNode json, boolean spoken) {
            this.json = json;
            this.spoken = spoken;
        }
    }

    String id() {
        return id;
    }

    String lastItemId() {
        return lastItemId;
    }

    /** Announces an item and remembers it. */
    void add(ObjectNode json, boolean spoken) {
        sendItem("conversation.item.added", json);
        lastItemId = json.path("id").asText();
        items.put(lastItemId, new Item(json, spoken));
        if (json.path("type").asText().equals("function_call")) {
            openCalls.add(json.path("call_id").asText());
        }
    }

    void done(ObjectNode json) {
        sendItem("conversation.item.done", json);
    }

    /** So much audio of the item has been generated; a client may truncate it up to there. */
    void spoke(String itemId, int audioBytes) {
        Item item = items.get(itemId);
        if (item != null) {
            item.audioBytes = audioBytes;
        }
    }

    /** Whether a tool's output came since this was last asked. */
    boolean takeToolAnswer() {
        boolean answered = toolAnswered;
        toolAnswered = false;
        return answered;
    }

    void create(ClientEvent event) {
        ObjectNode json = event.requireObject("item");
        String previous = event.optionalText("previous_item_id");
        if (previous != null && !previous.equals("root") && !items.containsKey(previous)) {
            throw Refusal.invalid("previous_item_id", "no such item");
        }
        switch (json.path("type").asText()) {
            case "message" -> checkMessage(json);
            case "function_call_output" -> answerTool(json);
            default ->
                throw Refusal.invalid("item.type", "'" + json.path("type").asText() + "' cannot be created");
        }
        if (!json.has("id")) {
            json.put("id", wire.newId("item"));
        }
        json.put("object", "realtime.item").put("status", "completed");
        add(json, false);
        done(json);
    }

    void truncate(ClientEvent event) {
        String itemId = event.requireText("item_id");
        int contentIndex = event.requireCount("content_index");
        int audioEndMs = event.requireCount("audio_end_ms");
        Refusal refusal = truncationRefusal(itemId, contentIndex, audioEndMs);
        record.truncated(new Truncation(System.nanoTime(), itemId, contentIndex, audioEndMs, refusal == null));
        if (refusal != null) {
            throw refusal;
        }
        items.get(itemId).audioBytes = audioEndMs * MuLaw.BYTES_PER_MS;
        ObjectNode reply = wire.event("conversation.item.truncated").put("item_id", itemId);
        wire.send(reply.put("content_index", contentIndex).put("audio_end_ms", audioEndMs));
    }

    void delete(ClientEvent event) {
        String itemId = requireKnown(event, "item_delete_invalid_item_id");
        items.remove(itemId);
        wire.send(wire.event("conversation.item.deleted").put("item_id", itemId));
    }

    void retrieve(ClientEvent event) {
        String itemId = requireKnown(event, "item_retrieve_invalid_item_id");
        ObjectNode reply = wire.event("conversation.item.retrieved");
        reply.set("item", items.get(itemId).json);
        wire.send(reply);
    }

    private Refusal truncationRefusal(String itemId, int contentIndex, int audioEndMs) {
        Item item = items.get(itemId);
        if (item == null) {
            return new Refusal("item_truncate_invalid_item_id", "Item '" + itemId + "' does not exist.", "item_id");
        }
        if (!item.spoken) {
            return new Refusal(null, "Only model output audio messages can be truncated.", null);
        }
        if (contentIndex != 0) {
            return Refusal.invalid("content_index", "no such content part");
        }
        int generatedMs = item.audioBytes / MuLaw.BYTES_PER_MS;
        if (audioEndMs > generatedMs) {
            String message = "Audio content of " + generatedMs + "ms is already shorter than " + audioEndMs + "ms";
            return new Refusal("invalid_value", message, "audio_end_ms");
        }
        return null;
    }

    private String requireKnown(ClientEvent event, String code) {
        String itemId = event.requireText("item_id");
        if (!items.containsKey(itemId)) {
            throw new Refusal(code, "Item '" + itemId + "' does not exist.", "item_id");
        }
        return itemId;
    }

    private void answerTool(ObjectNode json) {
        String callId = json.path("call_id").asText();
        if (!json.path("output").isTextual()) {
            throw Refusal.wrongType("item.output", "a string");
        }
        if (!openCalls.remove(callId)) {
            throw new Refusal("invalid_tool_call_id", "No open tool call '" + callId + "'.", "item.call_id");
        }
        toolAnswered = true;
        record.toolAnswered(
                new ToolOutput(System.nanoTime(), callId, json.path("output").asText()));
    }

    private static void checkMessage(ObjectNode json) {
        String expected = switch (json.path("role").asText()) {
            case "user", "system" -> "input_text";
            case "assistant" -> "output_text";
            default -> throw Refusal.invalid("item.role", "not a role");
        };
        JsonNode content = json.path("content");
        if (!content.isArray()) {
            throw Refusal.missing("item.content");
        }
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals(expected)
                    || !part.path("text").isTextual()) {
                throw Refusal.invalid("item.content", "expected " + expected);
            }
        }
    }

    private void sendItem(String type, ObjectNode json) {
        ObjectNode event = wire.event(type).put("previous_item_id", lastItemId);
        event.set("item", json);
        wire.send(event);
    }
}
