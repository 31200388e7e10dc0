package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The settings that the latest calls were opened with, as sealed blocks: a new segment begins with them. Lane only. */
final class KnownSettings {
    /** As many as agents are reloaded while a segment fills; a call refers to its settings only when it is opened. */
    private static final int KEPT = 16;

    private final CallSettings[] settings = new CallSettings[KEPT];
    private final byte[][] blocks = new byte[KEPT][];
    private int last;

    /** Its number, from 1, or 0 if it is not known. By identity: calls of one agent share theirs. */
    int find(CallSettings sought) {
        for (int number = last; number >= first(); number--) {
            if (settings[number % KEPT] == sought) {
                return number;
            }
        }
        return 0;
    }

    int add(CallSettings added) {
        int number = ++last;
        byte[] text = SettingsText.of(added).getBytes(StandardCharsets.UTF_8);
        BlockWriter block = new BlockWriter(text.length + 64);
        block.clear();
        block.tag(Layout.SETTINGS);
        block.number(number);
        block.raw(text);
        settings[number % KEPT] = added;
        blocks[number % KEPT] = Arrays.copyOf(block.bytes(), block.seal());
        return number;
    }

    int first() {
        return Math.max(1, last - KEPT + 1);
    }

    int last() {
        return last;
    }

    byte[] block(int number) {
        return blocks[number % KEPT];
    }
}
