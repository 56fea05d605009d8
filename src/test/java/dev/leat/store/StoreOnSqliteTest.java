package dev.leat.store;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class StoreOnSqliteTest extends StoreContract {}
