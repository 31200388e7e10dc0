package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.model.Reply.Outcome;

/** Spells the events of one response. What a spoken item has said so far is told by the caller. Event loop only. */
final class ResponseEvents {
    private final Wire wire;
    private final SessionConfig config;
    private final Conversation conversation;
    private final JsonNode metadata;
    private final String responseId;
    private final ArrayNode output = JsonNodeFactory.instance.arrayNode();

    ResponseEvents(Wire wire, SessionConfig config, Conversation conversation, JsonNode metadata) {
        this.wire = wire;
        this.config = config;
        this.conversation = conversation;
        this.metadata = metadata;
        this.responseId = wire.newId("resp");
    }

    String responseId() {
        return responseId;
    }

    JsonNode metadata() {
        return metadata;
    }

    void created() {
        ObjectNode event = wire.event("response.created");
        event.set("response", response("in_progress"));
        wire.send(event);
        ObjectNode limits = wire.event("rate_limits.updated");
        limits.putArray("rate_limits")
                .addObject()
                .put("name", "tokens")
                .put("limit", 40_000)
                .put("remaining", 39_000)
                .put("reset_seconds", 0.5);
        wire.send(limits);
    }

    /** Opens a message item with its audio part; returns the item's id. */
    String speechOpened(int index) {
        ObjectNode item = item("message").put("role", "assistant");
        item.putArray("content");
        open(index, item, true);
        ObjectNode added = part("response.content_part.added", index);
        added.putObject("part").put("type", "audio").put("transcript", "");
        wire.send(added);
        return item.path("id").asText();
    }

    void callOpened(int index, String name) {
        ObjectNode item = item("function_call").put("call_id", wire.newId("call"));
        open(index, item.put("name", name).put("arguments", ""), false);
    }

    void audio(int index, byte[] mulaw) {
        config.freezeVoice();
        byte[] encoded = config.speaksTelephone() ? mulaw : MuLaw.toPcm24k(mulaw);
        wire.sendAudio(part("response.output_audio.delta", index), encoded, mulaw.length);
    }

    /** So much of the item's audio has been sent. */
    void spoke(int index, int bytes) {
        conversation.spoke(itemId(index), bytes);
    }

    void audioDone(int index) {
        wire.send(part("response.output_audio.done", index));
    }

    void transcript(int index, String delta) {
        wire.send(part("response.output_audio_transcript.delta", index).put("delta", delta));
    }

    void transcriptDone(int index, String transcript) {
        wire.send(part("response.output_audio_transcript.done", index).put("transcript", transcript));
    }

    void partDone(int index, String transcript) {
        ObjectNode event = part("response.content_part.done", index);
        event.putObject("part").put("type", "audio").put("transcript", transcript);
        wire.send(event);
    }

    void arguments(int index, String delta) {
        wire.send(ids("response.function_call_arguments.delta", index)
                .put("call_id", callId(index))
                .put("delta", delta));
    }

    void argumentsDone(int index, String name, String arguments) {
        ((ObjectNode) output.get(index)).put("arguments", arguments);
        ObjectNode event = ids("response.function_call_arguments.done", index).put("call_id", callId(index));
        wire.send(event.put("name", name).put("arguments", arguments));
    }

    /** {@code transcript} is null for an item that does not speak, or speaks without one. */
    void itemDone(int index, String transcript, boolean complete) {
        ObjectNode item = (ObjectNode) output.get(index);
        item.put("status", complete ? "completed" : "incomplete");
        if (item.get("content") instanceof ArrayNode content) {
            content.removeAll().addObject().put("type", "output_audio").put("transcript", transcript);
        }
        ObjectNode event = wire.event("response.output_item.done").put("response_id", responseId);
        event.put("output_index", index).set("item", item);
        wire.send(event);
        conversation.done(item);
    }

    void done(Outcome outcome) {
        ObjectNode response = response(outcome.status());
        response.replace("output", output);
        response.replace("status_details", details(outcome));
        response.replace("usage", usage());
        ObjectNode event = wire.event("response.done");
        event.set("response", response);
        wire.send(event);
    }

    private void open(int index, ObjectNode item, boolean spoken) {
        output.add(item);
        ObjectNode event = wire.event("response.output_item.added").put("response_id", responseId);
        event.put("output_index", index).set("item", item);
        wire.send(event);
        conversation.add(item, spoken);
    }

    private ObjectNode item(String type) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", wire.newId("item"));
        return item.put("object", "realtime.item").put("type", type).put("status", "in_progress");
    }

    private ObjectNode part(String type, int index) {
        return ids(type, index).put("content_index", 0);
    }

    private ObjectNode ids(String type, int index) {
        ObjectNode event = wire.event(type).put("response_id", responseId);
        return event.put("item_id", itemId(index)).put("output_index", index);
    }

    String itemId(int index) {
        return output.get(index).path("id").asText();
    }

    private String callId(int index) {
        return output.get(index).path("call_id").asText();
    }

    private ObjectNode response(String status) {
        ObjectNode effective = config.effective();
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("object", "realtime.response");
        response.put("id", responseId).put("status", status).putNull("status_details");
        response.putArray("output");
        response.put("conversation_id", conversation.id());
        response.set("output_modalities", effective.get("output_modalities"));
        response.set("max_output_tokens", effective.get("max_output_tokens"));
        response.putObject("audio").set("output", effective.at("/audio/output"));
        response.set("metadata", metadata);
        response.putNull("usage");
        return response;
    }

    private static JsonNode details(Outcome outcome) {
        if (outcome.detail() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("type", outcome.status());
        if (outcome.status().equals("failed")) {
            details.putObject("error").put("type", outcome.detail()).put("code", outcome.detail());
        } else {
            details.put("reason", outcome.detail());
        }
        return details;
    }

    private static ObjectNode usage() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("total_tokens", 120).put("input_tokens", 80).put("output_tokens", 40);
        usage.putObject("input_token_details")
                .put("text_tokens", 60)
                .put("audio_tokens", 20)
                .put("cached_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", 10).put("audio_tokens", 30);
        return usage;
    }
}
