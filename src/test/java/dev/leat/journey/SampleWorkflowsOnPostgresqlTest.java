package dev.leat.journey;

import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/// The same samples with the other database behind them.
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SampleWorkflowsOnPostgresqlTest extends SampleWorkflows {}
