package io.ringdown.bridge.record;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * The part of a transcript that was heard. A model gives no times with its words, so they are taken to be spread evenly
 * over its audio; a word that was begun and not finished is left out.
 */
final class HeardWords {
    private HeardWords() {}

    /**
     * @param generatedBytes audio that says {@code transcript}
     * @param heardBytes of that, from its beginning
     */
    static String of(String transcript, long heardBytes, long generatedBytes) {
        if (heardBytes >= generatedBytes) {
            return heardBytes == 0 ? "" : transcript;
        }
        int chars = (int) (transcript.length() * heardBytes / generatedBytes);
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(transcript);
        int end = words.isBoundary(chars) ? chars : words.preceding(chars);
        return transcript.substring(0, Math.max(0, end)).strip();
    }
}
