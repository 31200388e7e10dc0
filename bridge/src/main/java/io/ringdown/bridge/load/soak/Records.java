package io.ringdown.bridge.load.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The call records that a server has written. */
record Records(Map<String, Integer> documents) {
    /** @throws IOException also for a document that is not JSON */
    static Records in(Path journal) throws IOException {
        Path folder = journal.resolve("records");
        if (!Files.isDirectory(folder)) {
            return new Records(Map.of());
        }
        ObjectMapper json = new ObjectMapper();
        Map<String, Integer> documents = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    documents.merge(json.readTree(line).path("call_sid").asText(), 1, Integer::sum);
                }
            }
        }
        return new Records(documents);
    }

    int count() {
        return documents.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Every call has one document, and nobody else has: what is otherwise, one sentence each. */
    List<String> problems(Set<String> calls) {
        List<String> problems = new ArrayList<>();
        if (documents.isEmpty() && !calls.isEmpty()) {
            return List.of("no call records at all");
        }
        for (String call : calls) {
            int found = documents.getOrDefault(call, 0);
            if (found != 1) {
                problems.add(call + ": " + found + " call records");
            }
        }
        documents.keySet().stream()
                .filter(call -> !calls.contains(call))
                .forEach(call -> problems.add(call + ": a call record, but no call"));
        return problems;
    }
}
