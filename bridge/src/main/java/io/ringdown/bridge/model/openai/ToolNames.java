package io.ringdown.bridge.model.openai;

/** The names of the tools that were called lately: the beta names a tool only when the call begins. Bounded; lane only. */
final class ToolNames {
    static final int CAPACITY = 8;

    private final String[] callIds = new String[CAPACITY];
    private final String[] names = new String[CAPACITY];
    private int next;

    /** Either may be null: then there is nothing to remember. */
    void put(String callId, String name) {
        if (callId != null && name != null && callId.length() <= Identifiers.MAX_LENGTH) {
            callIds[next] = callId;
            names[next] = name;
            next = (next + 1) % CAPACITY;
        }
    }

    /** Empty when nobody said. */
    String of(String callId) {
        for (int i = 0; i < CAPACITY; i++) {
            if (callId.equals(callIds[i])) {
                return names[i];
            }
        }
        return "";
    }
}
