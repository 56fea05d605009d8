package dev.leat.engine;

import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/// The same with the other database behind it.
@QuarkusTest
@WithTestResource(PostgresResource.class)
class LateAnswersOnPostgresqlTest extends LateAnswers {}
