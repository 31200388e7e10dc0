package io.ringdown.bridge.simulator.carrier.rest;

import java.util.ArrayList;
import java.util.List;

/** The requests in the order they came. Written by the event loop, read by any thread. */
final class RequestLog {
    private final List<RestRequest> requests = new ArrayList<>();

    /** Before anything is done about it: whoever sees an effect of a request finds it here. Returns its index. */
    synchronized int came(long atNs, String callSid) {
        requests.add(new RestRequest(atNs, callSid, 0));
        return requests.size() - 1;
    }

    synchronized void judged(int index, int status) {
        RestRequest request = requests.get(index);
        requests.set(index, new RestRequest(request.atNs(), request.callSid(), status));
    }

    synchronized List<RestRequest> all() {
        return List.copyOf(requests);
    }
}
