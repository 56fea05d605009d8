package dev.leat.engine.firing;

import dev.leat.testing.MovableClock;
import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/// The same with the other database behind it.
@QuarkusTest
@TestProfile(MovableClock.Profile.class)
@WithTestResource(PostgresResource.class)
class FiringOnPostgresqlTest extends Firing {}
