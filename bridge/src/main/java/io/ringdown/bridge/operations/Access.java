package io.ringdown.bridge.operations;

import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.MISDIRECTED_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.UNAUTHORIZED;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.bridge.operations.api.Answers;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see and do what operators may. With a token, whoever shows it; without one whoever reaches the address, which is
 * the loopback's then, but no page of another site in a browser on this machine. Any thread.
 */
final class Access {
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Optional<byte[]> authorization;
    private final String listenHost;

    Access(Optional<Secret> token, HostAndPort listen) {
        authorization = token.map(secret -> ("Bearer " + secret.value()).getBytes(StandardCharsets.UTF_8));
        listenHost = listen.host();
    }

    boolean needsToken() {
        return authorization.isPresent();
    }

    /**
     * Why the request came under a name that is not ours, or null: a name that anybody may give our address makes their page
     * one of ours to a browser (DNS rebinding). With a token their page would have to show it.
     */
    HttpReply misdirected(HttpHeaders headers) {
        return needsToken() || isOurs(headers.get(HttpHeaderNames.HOST, ""))
                ? null
                : Answers.error(MISDIRECTED_REQUEST, "unknown Host; use localhost or the address itself");
    }

    private boolean isOurs(String hostHeader) {
        String host = withoutPort(hostHeader);
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        return host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(listenHost)
                || literal != null && literal.isLoopbackAddress();
    }

    private static String withoutPort(String hostHeader) {
        if (hostHeader.startsWith("[")) {
            int end = hostHeader.indexOf(']');
            return end < 0 ? "" : hostHeader.substring(1, end);
        }
        int colon = hostHeader.lastIndexOf(':');
        return colon < 0 ? hostHeader : hostHeader.substring(0, colon);
    }

    /** Why the request is not answered, or null if it is. */
    HttpReply refusal(HttpHeaders headers) {
        if (comesFromAnotherSite(headers)) {
            return Answers.error(FORBIDDEN, "not for pages of other sites");
        }
        return isAuthorized(headers)
                ? null
                : Answers.error(UNAUTHORIZED, "a bearer token is needed").with(Map.of("WWW-Authenticate", "Bearer"));
    }

    /** Browsers say where a request comes from, and let no page forge it; nobody else has to. */
    private static boolean comesFromAnotherSite(HttpHeaders headers) {
        String site = headers.get("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            return true;
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return false;
        }
        int authority = origin.indexOf("://");
        return authority < 0
                || !origin.substring(authority + 3).equalsIgnoreCase(headers.get(HttpHeaderNames.HOST, ""));
    }

    /** In a time that says nothing of how much of the token was right. */
    private boolean isAuthorized(HttpHeaders headers) {
        if (authorization.isEmpty()) {
            return true;
        }
        String given = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        return MessageDigest.isEqual(authorization.get(), given.getBytes(StandardCharsets.UTF_8));
    }
}
