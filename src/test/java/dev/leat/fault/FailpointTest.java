package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailpointTest {

    /// Otherwise a method that got another name would take its failpoint along without a word.
    @ParameterizedTest
    @EnumSource
    void there_is_exactly_one_method_of_that_name(Failpoint point) throws ClassNotFoundException {
        var type = Class.forName(point.type(), false, getClass().getClassLoader());
        var methods =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(point.method()))
                        .filter(method -> method.getParameterCount() == point.parameters())
                        .filter(method -> !method.isSynthetic())
                        .toList();
        assertThat(methods).as("%s %s.%s", point, point.type(), point.method()).hasSize(1);
    }
}
