package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

/// Outputs that are kept from run to run, on the embedded database.
@QuarkusTest
class CacheJourneyTest extends CacheJourney {}
