package dev.leat.journey;

import io.quarkus.test.junit.QuarkusTest;

/// The samples on the embedded database.
@QuarkusTest
class SampleWorkflowsTest extends SampleWorkflows {}
