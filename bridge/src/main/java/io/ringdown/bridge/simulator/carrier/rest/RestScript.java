package io.ringdown.bridge.simulator.carrier.rest;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Which answer comes next: a call's own first, then those for anybody, then the natural one. Any thread. */
final class RestScript {
    private final Queue<RestAnswer> forAny = new ArrayDeque<>();
    private final Map<String, Queue<RestAnswer>> forCall = new HashMap<>();

    synchronized void add(List<RestAnswer> answers) {
        forAny.addAll(answers);
    }

    synchronized void add(String callSid, List<RestAnswer> answers) {
        forCall.computeIfAbsent(callSid, sid -> new ArrayDeque<>()).addAll(answers);
    }

    synchronized RestAnswer next(String callSid) {
        Queue<RestAnswer> own = forCall.get(callSid);
        RestAnswer answer = own == null ? null : own.poll();
        if (answer == null) {
            answer = forAny.poll();
        }
        return answer == null ? RestAnswer.natural() : answer;
    }
}
