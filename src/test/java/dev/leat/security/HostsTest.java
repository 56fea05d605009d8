package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

    private final Hosts hosts = new Hosts(Set.of("Leat.example.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "127.0.0.1",
                "127.0.0.1:65535",
                "127.1.2.3:80",
                "[::1]",
                "[::1]:8080",
                "leat.example.com",
                "LEAT.EXAMPLE.COM:443"
            })
    void the_loopback_interface_and_what_the_operator_lists_are_ours(String host) {
        assertThat(hosts.ours(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evil.localhost",
                "localhost.",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io",
                "0.0.0.0",
                "10.0.0.1",
                "[::]",
                "::1",
                "localhost@evil.example",
                "localhost:8080@evil.example",
                "localhost:8080:9090",
                "sub.leat.example.com",
                "localhost evil",
                "localhost,evil.example"
            })
    void every_other_name_is_not(String host) {
        assertThat(hosts.ours(host)).isFalse();
    }
}
