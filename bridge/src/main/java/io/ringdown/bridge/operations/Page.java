package io.ringdown.bridge.operations;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.ringdown.bridge.net.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The files of the dashboard, read once. They hold nothing of any call, and are shown to whoever reaches the address. */
final class Page {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String[] FILES = {
        "announce.js",
        "api.js",
        "call.js",
        "calls.js",
        "confirm.js",
        "elements.js",
        "ended.js",
        "events.js",
        "format.js",
        "icon.svg",
        "index.html",
        "lanes.js",
        "main.js",
        "plot.js",
        "state.js",
        "style.css",
        "theme.js",
        "timeline.js",
    };
    private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, HttpReply> replies = new HashMap<>();

    /** Throws UncheckedIOException when one is missing from the jar. */
    Page() {
        for (String file : FILES) {
            put("/" + file, "page/" + file);
        }
        put("/uPlot.iife.min.js", PLOTS + "uPlot.iife.min.js");
        put("/uPlot.min.css", PLOTS + "uPlot.min.css");
        replies.put("/", replies.get("/index.html"));
    }

    private void put(String path, String file) {
        replies.put(path, HttpReply.of(OK, TYPES.get(file.substring(file.lastIndexOf('.') + 1)), read(file)));
    }

    private static String read(String file) {
        try (InputStream resource = Page.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IOException("missing: " + file);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at {@code path}, or null. */
    HttpReply at(String path) {
        return replies.get(path);
    }
}
