package io.ringdown.bridge.settings;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the agents ask of each other and of the server: a number has one agent, and a model's name one place. */
record AgentRequirements(Values server, Map<String, Values> agents, String file) {
    void check() {
        Map<String, String> answering = new HashMap<>();
        agents.forEach((agent, values) -> {
            for (String number : values.find(Keys.CALLED).orElse(List.of())) {
                String other = answering.putIfAbsent(number, agent);
                if (other != null) {
                    problem(
                            agent,
                            "called",
                            number + (other.equals(agent) ? " given twice" : " is agent " + other + "'s"));
                }
            }
            if (values.given().containsKey(Keys.AGENT_MODEL) && isNamedByUrl()) {
                problem(agent, "model", "has no effect: model.url names the model already");
            }
        });
    }

    private boolean isNamedByUrl() {
        return !server.refused(Keys.MODEL_URL)
                && new QueryStringDecoder(server.get(Keys.MODEL_URL))
                        .parameters()
                        .containsKey("model");
    }

    private void problem(String agent, String key, String reason) {
        server.problem(file, AgentKeys.SECTION + "." + agent + "." + key, reason);
    }
}
