package dev.leat.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.http.AddressRules.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private final OutboundHttp open = TestHttp.open();
    private final OutboundHttp closed = TestHttp.closedToPrivateAddresses();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "::ffff:169.254.169.254",
                "::a9fe:a9fe",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2001:0:1:2:3:4:5601:5601",
                "2001:db8::5efe:a9fe:a9fe"
            })
    void metadata_and_link_local_addresses_are_never_called(String literal) throws Exception {
        assertThat(judge(literal)).isEqualTo(Verdict.NEVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "192.0.2.1",
                "203.0.113.9",
                "240.0.0.1",
                "::",
                "::1",
                "fc00::1",
                "fdff::1",
                "fec0::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "100::1"
            })
    void addresses_of_private_networks_are_known(String literal) throws Exception {
        assertThat(judge(literal)).isEqualTo(Verdict.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "198.17.0.1",
                "223.255.255.255",
                "169.253.0.1",
                "2606:4700::1111",
                "2a00::1",
                "64:ff9b::101:101"
            })
    void all_others_are_public(String literal) throws Exception {
        assertThat(judge(literal)).isEqualTo(Verdict.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/",
                "http://169.16689662/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://metadata.google.internal/",
                "http://METADATA.google.internal./",
                "http://metadata/",
                "https://100.100.100.200/",
                "http://169.254.169.254:80/"
            })
    void a_metadata_service_is_not_called_under_any_name(String url) {
        assertThatThrownBy(() -> send(open, url))
                .isInstanceOfSatisfying(
                        OutboundFailure.class,
                        failure -> {
                            assertThat(failure.error().code()).isEqualTo("http.address");
                            assertThat(failure.error().retryable()).isFalse();
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/",
                        "http://0/",
                "http://[::1]/", "http://[::]/", "http://10.0.0.1/", "http://192.168.0.1:8080/",
                        "http://[fd00::1]/"
            })
    void private_addresses_are_not_called_where_the_setting_says_no(String url) {
        assertThatThrownBy(() -> send(closed, url))
                .isInstanceOf(OutboundFailure.class)
                .hasMessageContaining("leat.outbound.allow-private-addresses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "jar:http://example.com!/",
                "javascript:alert(1)",
                "//example.com/",
                "example.com",
                "",
                "http://",
                "http:///path",
                "http:example",
                "http://user:secret@example.com/",
                "http://example.com@127.0.0.1/",
                "http://example.com\\@127.0.0.1/",
                "http://exa mple.com/",
                "http://example.com:99999/",
                "http://example.com:0/",
                "http://ex%61mple.com/",
                "http://127。0。0。1/",
                "http://bücher.example/",
                "http://[::1/",
                "http://example.com\r\nHost: x/",
                "http://example.com/a b",
                "http://[fe80::1%25eth0]/"
            })
    void what_is_no_plain_http_address_is_refused_before_anything_is_looked_up(String url) {
        assertThatThrownBy(() -> send(open, url))
                .isInstanceOfSatisfying(
                        OutboundFailure.class,
                        failure -> assertThat(failure.error().code()).isEqualTo("http.url"))
                .message()
                .doesNotContain("secret")
                .doesNotContain("\n");
    }

    @Test
    void an_address_is_read_once_and_the_same_everywhere() throws Exception {
        var target = Target.of("HTTP://My_Service.Local:8080?a=b#@evil.example/");
        assertThat(target).isEqualTo(new Target("http", "my_service.local", 8080, "/?a=b"));
        assertThat(Target.of("https://example.com:443/x").origin())
                .isEqualTo("https://example.com");
        assertThat(target.resolve("/y?c").url()).isEqualTo("http://my_service.local:8080/y?c");
        assertThat(target.resolve("//other.example/z").url()).isEqualTo("http://other.example/z");
    }

    private static Verdict judge(String literal) throws Exception {
        return AddressRules.judge(InetAddress.getByName(literal));
    }

    private static void send(OutboundHttp http, String url) throws Exception {
        http.send(
                new OutboundRequest(
                        "GET", url, Map.of(), new byte[0], Duration.ofSeconds(5), true, 1000));
    }
}
