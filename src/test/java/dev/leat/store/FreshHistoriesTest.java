package dev.leat.store;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class FreshHistoriesTest extends FreshHistoriesContract {}
