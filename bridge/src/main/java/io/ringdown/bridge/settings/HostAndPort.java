package io.ringdown.bridge.settings;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Where to listen. Nothing is looked up here: a name stays a name until somebody binds it.
 *
 * @param host an IP address without brackets, or a host name
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostAndPort(String host, int port) {
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final int MAX_PORT = 65_535;

    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
            throw Malformed.quoting("not an address like 0.0.0.0:8080", text);
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > MAX_PORT) {
            throw Malformed.quoting("port above " + MAX_PORT, text);
        }
        return new HostAndPort(host(text.substring(0, colon), text), port);
    }

    private static String host(String written, String text) {
        if (written.startsWith("[") && written.endsWith("]")) {
            String address = withoutBrackets(written);
            if (NetUtil.isValidIpV6Address(address)) {
                return address;
            }
        } else if (NetUtil.isValidIpV4Address(written)) {
            return written;
        } else if (NAME.matcher(written).matches() && !NUMBERS.matcher(written).matches()) {
            return written;
        }
        throw Malformed.quoting("no valid host before the port", text);
    }

    /** Whether only this machine can reach {@code host}; a name other than {@code localhost} counts as reachable. */
    static boolean loopback(String host) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(withoutBrackets(host));
        return address == null ? host.equalsIgnoreCase("localhost") : address.isLoopbackAddress();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether only this machine can connect; decided without a lookup. */
    public boolean loopback() {
        return loopback(host);
    }

    /** As it is written in the configuration, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
