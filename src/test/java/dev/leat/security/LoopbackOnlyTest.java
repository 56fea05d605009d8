package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void on_the_loopback_interface_the_server_starts(String host) {
        var check = new LoopbackOnly(host, true);
        assertThatCode(() -> check.check(new StartupEvent())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "192.168.0.1"})
    void where_others_could_ask_it_does_not(String host) {
        var check = new LoopbackOnly(host, true);
        assertThatThrownBy(() -> check.check(new StartupEvent()))
                .hasMessageContaining("'" + host + "'")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void a_verb_that_does_not_listen_may_be_set_to_anything() {
        var check = new LoopbackOnly("0.0.0.0", false);
        assertThatCode(() -> check.check(new StartupEvent())).doesNotThrowAnyException();
    }
}
