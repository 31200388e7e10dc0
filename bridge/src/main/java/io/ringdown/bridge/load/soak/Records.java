package io.ringdown.bridge.load.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The call records that a server has written, by call. */
record Records(Map<String, List<RecordedCall>> documents) {
    /** @throws IOException also for a document that is not JSON */
    static Records in(Path journal) throws IOException {
        Path folder = journal.resolve("records");
        if (!Files.isDirectory(folder)) {
            return new Records(Map.of());
        }
        ObjectMapper json = new ObjectMapper();
        Map<String, List<RecordedCall>> documents = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    RecordedCall document = RecordedCall.of(json.readTree(line));
                    documents
                            .computeIfAbsent(document.callSid(), callSid -> new ArrayList<>())
                            .add(document);
                }
            }
        }
        return new Records(documents);
    }

    int count() {
        return documents.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Every call whose stream began has one document, which says of it what the carrier saw, and nobody else has one: what is
     * otherwise, one sentence each.
     *
     * @param hangups the statuses with which the carrier's API answered, in order, by call
     */
    List<String> problems(List<EndedCall> begun, Map<String, List<Integer>> hangups) {
        if (documents.isEmpty() && !begun.isEmpty()) {
            return List.of("no call records at all");
        }
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new HashSet<>(documents.keySet());
        for (EndedCall call : begun) {
            unknown.remove(call.callSid());
            List<RecordedCall> found = documents.getOrDefault(call.callSid(), List.of());
            if (found.size() == 1) {
                problems.addAll(found.get(0).problems(call, hangups.getOrDefault(call.callSid(), List.of())));
            } else {
                problems.add(call.callSid() + ": " + found.size() + " call records");
            }
        }
        unknown.forEach(callSid -> problems.add(callSid + ": a call record, but no call"));
        return problems;
    }
}
