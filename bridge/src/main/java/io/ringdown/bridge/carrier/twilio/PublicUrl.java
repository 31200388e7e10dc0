package io.ringdown.bridge.carrier.twilio;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The configured URL by which Twilio reaches us. It is a base: a request's path and query are appended to its own path
 * as they were received, so a proxy that strips a prefix is described by a public URL that ends in it. Scheme and host
 * never come from a request. Immutable; any thread.
 */
public final class PublicUrl {
    private static final int DEFAULT_PORT = 443;
    private static final int NO_PORT = -1;

    private final String host;
    private final int port;
    private final String basePath;

    /** Throws IllegalArgumentException when {@code url} names no host. A slash at its end is the same as none. */
    public PublicUrl(URI url) {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("public URL without a host: " + url);
        }
        host = url.getHost();
        port = url.getPort();
        basePath = withoutSlashAtEnd(url.getRawPath());
    }

    /** Where a stream is to connect: always {@code wss}, as Twilio accepts nothing else. {@code path} starts with a slash. */
    public URI stream(String path) {
        return URI.create(url("wss", port, path));
    }

    /** The spellings Twilio may have signed: as configured, and {@code :443} said or left out where the two mean the same. */
    List<String> spellings(String scheme, String rawPathAndQuery) {
        List<String> spellings = new ArrayList<>(2);
        spellings.add(url(scheme, port, rawPathAndQuery));
        if (port == NO_PORT) {
            spellings.add(url(scheme, DEFAULT_PORT, rawPathAndQuery));
        } else if (port == DEFAULT_PORT) {
            spellings.add(url(scheme, NO_PORT, rawPathAndQuery));
        }
        return spellings;
    }

    private String url(String scheme, int withPort, String rawPathAndQuery) {
        String authority = withPort == NO_PORT ? host : host + ":" + withPort;
        return scheme + "://" + authority + basePath + rawPathAndQuery;
    }

    private static String withoutSlashAtEnd(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
