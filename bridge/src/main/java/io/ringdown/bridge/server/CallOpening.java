package io.ringdown.bridge.server;

import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.carrier.twilio.Admittance;
import io.ringdown.bridge.carrier.twilio.Authentication;
import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.carrier.twilio.StreamUpgrade;
import io.ringdown.bridge.carrier.twilio.TwilioLeg;
import io.ringdown.bridge.carrier.twilio.Workbench;
import io.ringdown.bridge.model.openai.ModelConnector;
import io.ringdown.bridge.model.openai.ModelCounters;
import io.ringdown.bridge.model.openai.OpenAiLeg;
import io.ringdown.bridge.operations.api.EndedCall;
import io.ringdown.bridge.operations.api.EndedCalls;
import io.ringdown.bridge.record.BegunCall;
import io.ringdown.bridge.record.FinishedCall;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.Legs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the calls of one lane: makes both legs, and lets a stream in by its {@code start}. Lane only. */
record CallOpening(
        Lane lane,
        Agents agents,
        Workbench workbench,
        ModelConnector connector,
        ModelCounters modelCounters,
        Authentication authentication,
        CallRegistry registry,
        EndedCalls endedCalls,
        Consumer<BegunCall> begun,
        Consumer<FinishedCall> records)
        implements StreamUpgrade.CallOpener {
    private static final Logger LOG = LoggerFactory.getLogger(CallOpening.class);
    private static final long GIVING_WAY_NS = TimeUnit.SECONDS.toNanos(2);

    @Override
    public TwilioLeg open(Consumer<CallSummary> whenOver) {
        Opened opened = new Opened();
        CallPort port = lane.open(agents.untilStart(), opened::legs, summary -> {
            opened.over(summary);
            whenOver.accept(summary);
        });
        return port == null ? null : opened.carrier;
    }

    /** One call, until its stream is let in. */
    private final class Opened {
        private TwilioLeg carrier;
        private OpenAiLeg model;
        private CallAddress address;
        private CallTemplate template; // once it is let in
        private StreamStart start; // once it is let in
        private long askedNs;

        Legs legs(CallPort port) {
            address = port.address();
            model = new OpenAiLeg(port, connector, modelCounters);
            carrier = new TwilioLeg(port, workbench, this::admit);
            return new Legs(carrier, model);
        }

        /** Another stream of the same call gives way to one that is let in (S24). */
        private Admittance admit(StreamStart start) {
            String refusal = authentication.refusal(start);
            if (refusal != null) {
                return Admittance.refused(refusal);
            }
            Optional<CallTemplate> agent = agents.admit(start);
            if (agent.isEmpty()) {
                return Admittance.refused("no agent for it");
            }
            template = agent.get();
            this.start = start;
            model.begin(start.callSid(), template.session().filledIn(values(start)));
            CallAddress replaced = registry.register(start.callSid(), address);
            if (replaced != null) {
                askedNs = System.nanoTime();
                giveWay(replaced, start.callSid());
            }
            begun.accept(new BegunCall(address, start, template.call().agent(), model.facts()));
            return Admittance.letIn(template.call());
        }

        /** The other lane may have no room for us just now: asked again, turn by turn. */
        private void giveWay(CallAddress replaced, String callSid) {
            boolean told = replaced.tell(event -> event.happened(EventType.STREAM_REPLACED));
            if (!told && System.nanoTime() - askedNs < GIVING_WAY_NS) {
                lane.nextTurn(() -> giveWay(replaced, callSid));
            } else if (!told) {
                LOG.warn("lane does not answer, an older stream stays beside its successor call_sid={}", callSid);
            }
        }

        private static Map<String, String> values(StreamStart start) {
            Map<String, String> values = new HashMap<>(start.parameters());
            values.put("call_sid", start.callSid());
            return values;
        }

        void over(CallSummary summary) {
            if (start != null) {
                agents.leave(template, start);
            }
            if (summary.callSid() != null) {
                registry.remove(summary.callSid(), address);
                endedCalls.add(EndedCall.now(lane.roleName(), template.call().agent(), summary));
            }
            if (start != null) {
                records.accept(new FinishedCall(address, summary, start, model.facts()));
            }
        }
    }
}
