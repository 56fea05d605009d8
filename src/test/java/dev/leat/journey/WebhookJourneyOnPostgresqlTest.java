package dev.leat.journey;

import dev.leat.testing.PostgresResource;
import dev.leat.testing.SecretsResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/// The same with the other database behind it.
@QuarkusTest
@WithTestResource(SecretsResource.class)
@WithTestResource(PostgresResource.class)
class WebhookJourneyOnPostgresqlTest extends WebhookJourney {}
