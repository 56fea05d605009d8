package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

/// Questions to people, on the embedded database.
@QuarkusTest
class ApprovalJourneyTest extends ApprovalJourney {}
