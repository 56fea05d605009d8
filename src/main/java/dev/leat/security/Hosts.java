package dev.leat.security;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names that this server goes by. A page that somebody has pointed at this machine by a name
/// of their own (DNS rebinding) shows itself by asking for that name.
final class Hosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");
    private static final Pattern LOOPBACK_ADDRESS =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final Set<String> allowed;

    Hosts(Set<String> allowed) {
        this.allowed =
                allowed.stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// @param authority a host with or without a port
    boolean ours(String authority) {
        var host = PORT.matcher(authority.toLowerCase(Locale.ROOT)).replaceFirst("");
        return LOOPBACK.contains(host)
                || LOOPBACK_ADDRESS.matcher(host).matches()
                || allowed.contains(host);
    }
}
