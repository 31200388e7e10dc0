package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.AgentPlaces;
import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.carrier.twilio.Webhooks;
import io.ringdown.engine.call.CallSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who answers the next call. The roster may be exchanged while calls live: each keeps the agent it began with. Any thread.
 */
final class Agents implements Webhooks.Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);
    private static final String AGENT = "agent";
    private static final String CALLED = "called";
    private static final int SHOWN_CHARS = 64;

    private final AgentPlaces places = new AgentPlaces();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final CallSettings untilStart;
    private volatile Roster roster;

    Agents(Roster roster) {
        this.roster = roster;
        untilStart = roster.defaultAgent().call();
    }

    /** What a call is like before its start says who answers. */
    CallSettings untilStart() {
        return untilStart;
    }

    /** From the next call on. */
    void replaceBy(Roster next) {
        roster = next;
    }

    @Override
    public Optional<String> agentFor(String asked, String called, String callSid) {
        CallTemplate template = roster.find(asked, called);
        if (template == null) {
            refuseUnknown(asked, callSid);
            return Optional.empty();
        }
        if (!places.hasRoom(template.agent(), callSid, template.maxCalls())) {
            refuseFull(template, callSid);
            return Optional.empty();
        }
        return Optional.of(template.agent());
    }

    /**
     * Takes a place with the agent of a stream that starts, to be given back by {@link #leave}: the agent its parameter names,
     * or that of the called number.
     *
     * @return empty, and it is logged why, when there is no such agent or it has all the calls it may have (S35)
     */
    Optional<CallTemplate> admit(StreamStart start) {
        Map<String, String> parameters = start.parameters();
        String asked = parameters.get(AGENT);
        CallTemplate template = roster.find(asked, parameters.get(CALLED));
        if (template == null) {
            refuseUnknown(asked, start.callSid());
            return Optional.empty();
        }
        if (!places.enter(template.agent(), start.callSid(), template.maxCalls())) {
            refuseFull(template, start.callSid());
            return Optional.empty();
        }
        return Optional.of(template);
    }

    /** The stream that {@link #admit} let in is over. */
    void leave(CallTemplate template, StreamStart start) {
        places.leave(template.agent(), start.callSid());
    }

    /** Calls turned away since the start because nobody has the name that was asked for. */
    long refusedAsUnknown() {
        return unknown.sum();
    }

    /** Calls turned away since the start because their agent had all it may have. */
    long refusedAsFull() {
        return full.sum();
    }

    private void refuseUnknown(String asked, String callSid) {
        unknown.increment();
        LOG.warn("call refused: no agent is called \"{}\" call_sid={}", shown(asked), shown(callSid));
    }

    private void refuseFull(CallTemplate agent, String callSid) {
        full.increment();
        LOG.warn(
                "call refused: agent {} has its {} calls call_sid={}", agent.agent(), agent.maxCalls(), shown(callSid));
    }

    /** What others wrote, without anything that could make a line of its own. */
    private static String shown(String text) {
        String cut = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS);
        return cut.replaceAll("[^A-Za-z0-9_ -]", "?");
    }
}
