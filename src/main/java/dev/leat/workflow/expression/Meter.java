package dev.leat.workflow.expression;

/// Counts what one evaluation costs and stops it at its bounds. Every node, every function that
/// builds or walks something, and every round of a comprehension reports here: that is what keeps
/// the heap flat and the time short.
final class Meter {

    static final String LIMIT = "expression-limit";

    private static final long LIST_ELEMENT = 24;
    private static final long MAP_ENTRY = 72;

    /// The clock is only looked at once in so many steps, so that a small expression never fails
    /// for a busy machine.
    private static final int STEPS_BETWEEN_LOOKS = 1024;

    private final Bounds bounds;
    private final long start = System.nanoTime();
    private long stepsToLook = STEPS_BETWEEN_LOOKS;
    private long iterations;
    private long memory;

    Meter(Bounds bounds) {
        this.bounds = bounds;
    }

    void step() {
        if (--stepsToLook <= 0) {
            look();
        }
    }

    /// As many steps at once.
    void steps(long count) {
        stepsToLook -= count;
        if (stepsToLook <= 0) {
            look();
        }
    }

    void iteration() {
        if (++iterations > bounds.iterations()) {
            throw passed(
                    "takes more than " + bounds.iterations() + " iterations",
                    "leat.expressions.max-iterations");
        }
        step();
    }

    /// A text of this length is about to be built.
    void text(long length) {
        size(length, "a text", "characters");
        steps(length >> 4);
        memory(length);
    }

    /// A list is about to get so many more elements.
    void elements(long sizeThen, long more) {
        size(sizeThen, "a list", "elements");
        steps(more);
        memory(more * LIST_ELEMENT);
    }

    void list(long size) {
        elements(size, size);
    }

    /// A map is about to get so many more entries.
    void entries(long sizeThen, long more) {
        size(sizeThen, "a map", "entries");
        steps(more);
        memory(more * MAP_ENTRY);
    }

    /// Builds a text whose length is only known at the end.
    TextBuilder builder() {
        return new TextBuilder(this);
    }

    private void size(long size, String what, String unit) {
        if (size > bounds.size() || size < 0) {
            throw passed(
                    "builds " + what + " of more than " + bounds.size() + " " + unit,
                    "leat.expressions.max-size");
        }
    }

    /// So many bytes are about to be taken.
    void memory(long bytes) {
        memory += bytes;
        if (memory > bounds.memory()) {
            throw passed(
                    "builds values of more than " + bounds.memory() + " bytes together",
                    "leat.expressions.max-memory");
        }
    }

    private void look() {
        stepsToLook = STEPS_BETWEEN_LOOKS;
        if (System.nanoTime() - start > bounds.timeout().toNanos()) {
            throw passed(
                    "takes longer than " + bounds.timeout().toMillis() + " ms",
                    "leat.expressions.timeout");
        }
    }

    private static ExpressionException passed(String what, String key) {
        return new ExpressionException(
                LIMIT,
                "The expression " + what + ". Let a task do the work, or raise " + key + ".");
    }

    /// A text that grows within the bounds.
    static final class TextBuilder {
        private final Meter meter;
        private final StringBuilder text = new StringBuilder();

        private TextBuilder(Meter meter) {
            this.meter = meter;
        }

        TextBuilder append(String more) {
            meter.size((long) text.length() + more.length(), "a text", "characters");
            meter.steps(1 + (more.length() >> 4));
            meter.memory(more.length());
            text.append(more);
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
