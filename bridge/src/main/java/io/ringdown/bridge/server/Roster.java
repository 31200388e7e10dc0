package io.ringdown.bridge.server;

import io.ringdown.bridge.settings.Agent;
import io.ringdown.bridge.settings.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The agents of one configuration, and who of them answers which number. Immutable; any thread.
 *
 * @param byName every agent, in the order of the configuration
 * @param byNumber those who answer a number of their own
 */
record Roster(Map<String, CallTemplate> byName, Map<String, CallTemplate> byNumber) {

    /** @throws io.ringdown.bridge.settings.SettingsException naming the file, when a configured clip cannot be read */
    static Roster of(Settings.Drain drain, Collection<Agent> agents) {
        Map<String, CallTemplate> byName = new LinkedHashMap<>();
        Map<String, CallTemplate> byNumber = new HashMap<>();
        for (Agent agent : agents) {
            CallTemplate template = CallTemplate.of(drain, agent);
            byName.put(agent.name(), template);
            agent.called().forEach(number -> byNumber.put(number, template));
        }
        return new Roster(byName, byNumber);
    }

    CallTemplate defaultAgent() {
        return byName.get(Agent.DEFAULT);
    }

    /**
     * Whoever was asked for by name, else who answers the number, else the default agent.
     *
     * @param asked a name, or null
     * @param called a number, or null
     * @return null when nobody has the name that was asked for
     */
    CallTemplate find(String asked, String called) {
        return asked != null ? byName.get(asked) : byNumber.getOrDefault(called, defaultAgent());
    }
}
