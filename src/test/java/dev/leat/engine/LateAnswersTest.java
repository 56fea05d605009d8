package dev.leat.engine;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LateAnswersTest extends LateAnswers {}
