package dev.leat.engine;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(WaitingRuns.Small.class)
class SteeredRunsTest extends SteeredRuns {}
