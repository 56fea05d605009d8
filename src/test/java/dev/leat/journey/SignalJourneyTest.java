package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

/// Signals, on the embedded database.
@QuarkusTest
class SignalJourneyTest extends SignalJourney {}
