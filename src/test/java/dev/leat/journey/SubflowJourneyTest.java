package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

/// Runs that start runs, on the embedded database.
@QuarkusTest
class SubflowJourneyTest extends SubflowJourney {}
