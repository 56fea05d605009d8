package dev.leat.store;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LogSearchOnSqliteTest extends LogSearchContract {}
