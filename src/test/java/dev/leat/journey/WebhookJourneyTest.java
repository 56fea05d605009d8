package dev.leat.journey;

import dev.leat.testing.SecretsResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(SecretsResource.class)
class WebhookJourneyTest extends WebhookJourney {}
