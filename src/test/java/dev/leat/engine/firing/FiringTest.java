package dev.leat.engine.firing;

import dev.leat.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MovableClock.Profile.class)
class FiringTest extends Firing {}
