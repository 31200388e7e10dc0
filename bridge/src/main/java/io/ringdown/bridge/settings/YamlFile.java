package io.ringdown.bridge.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The keys of one YAML file by their dotted paths, in the order of the file, values as they were typed. A section stands
 * before what is below it. Aliases are refused, so nothing can multiply; a file that cannot be read throws
 * {@link Malformed}, its message free of what the file says.
 */
final class YamlFile {
    private static final int MAX_BYTES = 256 * 1024;

    private final Map<String, Written> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final YAMLParser parser;

    private YamlFile(YAMLParser parser) {
        this.parser = parser;
    }

    /** Throws {@link IOException} when there is no such file, or none that can be read. */
    static YamlFile read(Path file) throws IOException {
        String text = text(file);
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlFile yaml = new YamlFile(parser);
            yaml.document();
            return yaml;
        } catch (JsonProcessingException e) {
            throw new Malformed(reason(e));
        }
    }

    Map<String, Written> entries() {
        return entries;
    }

    /** In which line the path stands, from 1. */
    int line(String path) {
        return lines.get(path);
    }

    /** Paths that were given more than once. */
    List<String> repeated() {
        return repeated;
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new Malformed("longer than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("not UTF-8 text");
        }
    }

    private void document() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.START_OBJECT) {
            keysBelow("");
        } else if (token != null && token != JsonToken.VALUE_NULL) {
            throw new Malformed("expected keys and values");
        }
        if (next() != null) {
            throw new Malformed("more than one document (---)");
        }
    }

    private void keysBelow(String prefix) throws IOException {
        while (next() != JsonToken.END_OBJECT) {
            String path = prefix + name(parser.currentName());
            lines.put(path, parser.currentTokenLocation().getLineNr());
            if (entries.putIfAbsent(path, Written.NOTHING) != null) {
                repeated.add(path);
            }
            JsonToken token = next();
            if (token == JsonToken.START_OBJECT) {
                entries.put(path, Written.SECTION);
                keysBelow(path + ".");
            } else {
                entries.put(path, value(token));
            }
        }
    }

    /** Quoted when it has a dot, so that it is not taken for a path. */
    private static String name(String typed) {
        return typed.indexOf('.') < 0 ? typed : '"' + typed + '"';
    }

    private Written value(JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            return list();
        }
        return token == JsonToken.VALUE_NULL ? Written.NOTHING : Written.single(parser.getText());
    }

    private Written list() throws IOException {
        List<String> texts = new ArrayList<>();
        boolean plain = true;
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            plain &= token.isScalarValue();
            texts.add(token == JsonToken.VALUE_NULL ? "" : parser.getText());
            parser.skipChildren();
        }
        return plain ? Written.list(texts) : Written.OTHER_LIST;
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (parser.isCurrentAlias()) {
            // The parser would hand us the alias's name as the value.
            int line = parser.currentTokenLocation().getLineNr();
            throw new Malformed("line " + line + ": an alias (*); write the value out, or quote it");
        }
        return token;
    }

    /** The parser's own message shows the lines in question, which may hold a secret. */
    private static String reason(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            int line = marked.getProblemMark().getLine() + 1;
            int column = marked.getProblemMark().getColumn() + 1;
            return "line " + line + ", column " + column + ": not YAML: " + Malformed.shown(marked.getProblem());
        }
        if (e.getCause() instanceof ReaderException unreadable) {
            return String.format("not YAML: character U+%04X is not allowed", unreadable.getCodePoint());
        }
        return e.getLocation() == null ? "not YAML" : "line " + e.getLocation().getLineNr() + ": not YAML";
    }
}
