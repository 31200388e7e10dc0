package io.ringdown.bridge.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes JSON as a tape chooses: members in any order, lost, doubled, of other types, spelled with escapes. */
public final class OddJson {
    /** A name and what stands behind the colon. */
    public record Member(String name, String value) {}

    private final Tape tape;

    public OddJson(Tape tape) {
        this.tape = tape;
    }

    public Member text(String name, String value) {
        return new Member(name, tape.oddOneIn(16) ? OddValue.of(tape) : quoted(value));
    }

    public Member raw(String name, String value) {
        return new Member(name, tape.oddOneIn(16) ? OddValue.of(tape) : value);
    }

    public String object(Member... ordinary) {
        List<Member> members = new ArrayList<>(List.of(ordinary));
        Collections.rotate(members, tape.below(members.size()));
        if (tape.oneIn(4)) {
            members.add(tape.below(members.size()), new Member("x", tape.of("1", "\"y\"", "{\"z\":null}", "-2.5E+3")));
        }
        if (tape.oddOneIn(8)) {
            members.remove(tape.below(members.size()));
        }
        if (tape.oddOneIn(6)) {
            members.add(tape.below(members.size() + 1), another(ordinary));
        }
        return written(members);
    }

    /** One whose name is there already, or that may be mistaken for one. */
    private Member another(Member... ordinary) {
        Member like = ordinary[tape.below(ordinary.length)];
        String value = tape.oneIn(2) ? OddValue.of(tape) : like.value();
        String name = tape.of(like.name(), like.name() + ' ', like.name().toUpperCase(), "", "n".repeat(65));
        return new Member(name, value);
    }

    private String written(List<Member> members) {
        StringBuilder text = new StringBuilder("{");
        for (Member member : members) {
            text.append(text.length() == 1 ? "" : ",").append(space()).append(quoted(member.name()));
            text.append(space())
                    .append(':')
                    .append(space())
                    .append(member.value())
                    .append(space());
        }
        return text.append('}').toString();
    }

    private String space() {
        return tape.oneIn(12) ? tape.of(" ", "\n", "\t", "\r\n", "  ") : "";
    }

    /** Between quotes, perhaps with one character escaped. */
    public String quoted(String value) {
        if (value.isEmpty() || !tape.oddOneIn(12)) {
            return '"' + value + '"';
        }
        int at = tape.place(value.length());
        return '"' + value.substring(0, at) + escaped(value.charAt(at)) + value.substring(at + 1) + '"';
    }

    private String escaped(char character) {
        if (character == '/' && tape.oneIn(2)) {
            return "\\/";
        }
        return String.format(tape.oneIn(2) ? "\\u%04X" : "\\u%04x", (int) character);
    }
}
