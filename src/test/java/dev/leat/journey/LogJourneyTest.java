package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LogJourneyTest extends LogJourney {}
