package io.ringdown.engine.journal;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads the segments of a lane, one after the other. What was written whole is told; a block that is not there whole ends its
 * segment, and calls that lived over such a hole have a gap.
 */
final class SegmentReader {
    private final JournalListener listener;
    private final Map<Long, Told> calls = new HashMap<>();
    private final Map<Integer, CallSettings> settings = new HashMap<>();
    private final Map<String, CallSettings> parsed = new HashMap<>();

    /** Of all calls: it is as large as the largest, and there may be thousands of them. */
    private final Frame frame = EventReader.soundlessFrame();

    private long call;
    private long nowNs;

    /** What records of a call may lean on. */
    private static final class Told {
        final RecentTexts recent = new RecentTexts();
        final EventReader events;

        /** After a hole, until the writer says where it goes on. */
        boolean lost;

        Told(Frame frame) {
            events = new EventReader(recent, frame);
        }
    }

    SegmentReader(JournalListener listener) {
        this.listener = listener;
    }

    /** @throws Damage where it cannot be read on */
    void read(ByteBuffer segment) throws Damage {
        SegmentHeader header = SegmentHeader.read(segment);
        int at = SegmentHeader.length(segment);
        while (at + Layout.BLOCK_RECORDS <= segment.limit() && segment.getInt(at) != 0) {
            int length = segment.getInt(at);
            check(segment, at, length);
            block(new RecordReader(segment, at + Layout.BLOCK_RECORDS, at + length), segment.getLong(at + 8), header);
            at += length;
        }
    }

    private static void check(ByteBuffer segment, int at, int length) throws Damage {
        if (length < Layout.BLOCK_RECORDS || length % Layout.BLOCK_ALIGNMENT != 0 || length > segment.limit() - at) {
            throw new Damage(at, "a block of " + length + " bytes");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(segment.slice(at + Layout.BLOCK_NOW_NS, length - Layout.BLOCK_NOW_NS));
        if ((int) checksum.getValue() != segment.getInt(at + Layout.BLOCK_CHECKSUM)) {
            throw new Damage(at, "the checksum of a block is wrong");
        }
    }

    /** Something is missing between what was read and what follows: nothing that follows can lean on it. */
    void hole() {
        calls.forEach((number, told) -> {
            if (!told.lost) {
                told.lost = true;
                listener.entry(new Entry.Gap(number));
            }
        });
    }

    private void block(RecordReader in, long startNs, SegmentHeader header) throws Damage {
        nowNs = startNs;
        call = 0;
        while (in.hasNext()) {
            int at = in.position();
            Entry entry;
            try {
                entry = record(in.tag(), in, header);
            } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
                throw new Damage(at, e.getMessage());
            }
            if (entry != null) {
                tell(entry);
            }
        }
    }

    /** What the record says of its call, or null if it says something of the journal itself. */
    private Entry record(int tag, RecordReader in, SegmentHeader header) {
        Vocabulary words = header.words();
        if (tag >= Layout.FIRST_COMMAND) {
            CommandType type = words.constant(CommandType.class, tag - Layout.FIRST_COMMAND);
            return command(type, told(), in, words);
        } else if (tag >= Layout.FIRST_EVENT) {
            EventType type = words.constant(EventType.class, tag - Layout.FIRST_EVENT);
            return new Entry.Happened(call, nowNs, told().events.read(type, in, words, this::settings));
        } else if (tag >= Layout.FIRST_ANSWER) {
            AnswerType type = words.constant(AnswerType.class, tag - Layout.FIRST_ANSWER);
            return new Entry.Answered(call, type, answer(type, in, words));
        }
        return other(tag, in, header);
    }

    private Entry other(int tag, RecordReader in, SegmentHeader header) {
        switch (tag) {
            case 0 -> {
                // fills the block up
            }
            case Layout.CALL -> call = in.number();
            case Layout.TIME -> nowNs += in.number();
            case Layout.SETTINGS -> {
                int number = in.smallNumber();
                String text = new String(in.raw(), StandardCharsets.UTF_8);
                settings.put(number, parsed.computeIfAbsent(text, SettingsText::parse));
            }
            case Layout.OPENED -> {
                return opened(in.smallNumber(), header.redacted());
            }
            case Layout.GAP -> {
                calls.put(call, new Told(frame));
                return new Entry.Gap(call);
            }
            case Layout.FAILED -> {
                return new Entry.Failed(call, in.bool(), in.spoken());
            }
            case Layout.NEXT_CALLER_AUDIO -> {
                return new Entry.Happened(call, nowNs, told().events.nextCallerAudio());
            }
            default -> throw new IllegalArgumentException("no record begins with " + tag);
        }
        return null;
    }

    private Entry opened(int number, boolean redacted) {
        calls.put(call, new Told(frame));
        CallSettings known = settings(number);
        return known == null ? null : new Entry.Opened(call, nowNs, known, redacted);
    }

    /** Where the settings are gone with an earlier segment, the call is as good as gone too. */
    private CallSettings settings(int number) {
        CallSettings known = settings.get(number);
        told().lost |= known == null;
        return known;
    }

    /** Of a call whose beginning is not here, a record is read all the same, to find the next. */
    private Told told() {
        return calls.computeIfAbsent(call, number -> {
            Told unknown = new Told(frame);
            unknown.lost = true;
            return unknown;
        });
    }

    private void tell(Entry entry) {
        if (!told().lost) {
            listener.entry(entry);
        }
        if (entry instanceof Entry.Commanded command && command.type() == CommandType.RELEASE) {
            calls.remove(call);
        }
    }

    private Entry.Commanded command(CommandType type, Told told, RecordReader in, Vocabulary words) {
        List<Object> arguments = new ArrayList<>(type.arguments.size());
        for (Class<?> argument : type.arguments) {
            arguments.add(argument(argument, told, in, words));
        }
        return new Entry.Commanded(call, type, arguments);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object argument(Class<?> type, Told told, RecordReader in, Vocabulary words) {
        if (type == int.class) {
            return in.smallNumber();
        }
        if (type == String.class) {
            return in.text(told.recent);
        }
        if (type == List.class) {
            return conditions(in.smallNumber(), words);
        }
        return EventReader.constant((Class<? extends Enum>) type, in, words);
    }

    private static List<HangupCondition> conditions(int bits, Vocabulary words) {
        List<HangupCondition> conditions = new ArrayList<>();
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            conditions.add(words.constant(HangupCondition.class, Integer.numberOfTrailingZeros(rest)));
        }
        return conditions;
    }

    private static Object answer(AnswerType type, RecordReader in, Vocabulary words) {
        return switch (type) {
            case STATE -> EventReader.constant(HangupLatch.State.class, in, words);
            case REASON -> EventReader.constant(HangupReason.class, in, words);
            case CLIP_QUEUED -> in.smallNumber();
            default -> in.bool();
        };
    }
}
