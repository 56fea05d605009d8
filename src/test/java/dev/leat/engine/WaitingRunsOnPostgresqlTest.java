package dev.leat.engine;

import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/// The same with the other database behind it.
@QuarkusTest
@TestProfile(WaitingRuns.Small.class)
@WithTestResource(PostgresResource.class)
class WaitingRunsOnPostgresqlTest extends WaitingRuns {}
