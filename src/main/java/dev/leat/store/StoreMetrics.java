package dev.leat.store;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/// What the journal does, for those who collect metrics.
@Singleton
class StoreMetrics implements MeterBinder {

    private final Journal journal;
    private final Reads reads;

    StoreMetrics(Journal journal, Reads reads) {
        this.journal = journal;
        this.reads = reads;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "leat.journal.transitions", journal, j -> j.statistics().transitions())
                .description("Steps of runs that were committed")
                .register(registry);
        FunctionCounter.builder("leat.journal.commits", journal, j -> j.statistics().commits())
                .description("Transactions of the journal, each one fsync of the database")
                .register(registry);
        FunctionCounter.builder("leat.journal.refused", journal, j -> j.statistics().refused())
                .description("Writes that were not kept because of what was in them")
                .register(registry);
        FunctionCounter.builder("leat.store.questions", reads, Reads::asked)
                .description("Questions about runs that the database was asked")
                .register(registry);
        Gauge.builder("leat.journal.queued", journal, j -> j.statistics().queued())
                .description("Changes that wait to be committed")
                .register(registry);
    }
}
