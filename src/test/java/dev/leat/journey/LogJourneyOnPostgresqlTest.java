package dev.leat.journey;

import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class LogJourneyOnPostgresqlTest extends LogJourney {}
