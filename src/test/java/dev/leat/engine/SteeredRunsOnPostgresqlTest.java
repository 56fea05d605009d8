package dev.leat.engine;

import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(WaitingRuns.Small.class)
@WithTestResource(PostgresResource.class)
class SteeredRunsOnPostgresqlTest extends SteeredRuns {}
