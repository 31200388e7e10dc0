package io.ringdown.engine.journal;

import io.ringdown.engine.call.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that a journal says. */
final class Noted implements JournalListener {
    final List<Entry> entries = new ArrayList<>();
    final List<String> damages = new ArrayList<>();

    static Noted in(Path directory) throws IOException {
        Noted noted = new Noted();
        for (LaneRun run : LaneRun.list(directory)) {
            run.read(noted);
        }
        return noted;
    }

    @Override
    public void entry(Entry entry) {
        entries.add(entry);
    }

    @Override
    public void damaged(Path segment, int offset, String what) {
        damages.add(what);
    }

    List<EventType> events() {
        return entries.stream()
                .filter(Entry.Happened.class::isInstance)
                .map(entry -> ((Entry.Happened) entry).event().type())
                .toList();
    }

    /** One line for each entry. */
    List<String> lines() {
        return entries.stream()
                .map(entry -> entry instanceof Entry.Happened happened
                        ? happened.call() + " " + happened.nowNs() + " " + happened.event() + " "
                                + happened.event().text()
                        : entry instanceof Entry.Opened ? "opened " + entry.call() : entry.toString())
                .toList();
    }
}
