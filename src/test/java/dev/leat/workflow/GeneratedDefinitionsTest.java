package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A part of what [DefinitionStormIT] does, for every build.
class GeneratedDefinitionsTest {

    /// Its schema refers to what is no schema, and the sentence named the validator's exception.
    @Test
    void a_schema_that_the_validator_fails_on_is_told_in_our_words() throws IOException {
        assertThat(DefinitionTally.of(3_233, 1).troubles()).isEmpty();
    }

    @Test
    void generated_definitions_are_all_answered_soon_and_without_an_exception() throws IOException {
        var tally = DefinitionTally.of(1, 10_000);

        assertThat(tally.troubles()).isEmpty();
        assertThat(tally.good()).as("some stay good, or nothing deep is reached").isPositive();
        assertThat(tally.broken()).isGreaterThan(tally.count() / 2);
        assertThat(tally.codes()).as("kinds of problems").hasSizeGreaterThan(25);
    }
}
