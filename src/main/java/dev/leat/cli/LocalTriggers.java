package dev.leat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.engine.report.Forecasts;
import dev.leat.engine.report.SchedulePreviews;
import dev.leat.engine.report.TriggerReports;
import dev.leat.engine.report.TriggerReports.Question;
import dev.leat.store.Fire;
import dev.leat.store.Json;
import dev.leat.store.TriggerStore.Filter;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the data directory in this process, where no server holds it.
@ApplicationScoped
class LocalTriggers implements TriggerHost {

    private final TriggerReports reports;
    private final SchedulePreviews previews;
    private final Forecasts forecasts;
    private final ObjectMapper mapper;

    LocalTriggers(
            TriggerReports reports,
            SchedulePreviews previews,
            Forecasts forecasts,
            ObjectMapper mapper) {
        this.reports = reports;
        this.previews = previews;
        this.forecasts = forecasts;
        this.mapper = mapper;
    }

    @Override
    public Map<String, @Nullable Object> triggers(@Nullable String workflow) {
        var any = new Question(null, null, null, null);
        return json(
                Map.of(
                        "triggers",
                        workflow == null
                                ? reports.list(any, null, Integer.MAX_VALUE)
                                : reports.of(workflow)));
    }

    @Override
    public Map<String, @Nullable Object> fires(
            @Nullable String workflow,
            @Nullable String trigger,
            @Nullable String state,
            int limit) {
        var filter = new Filter(workflow, trigger, state == null ? null : state(state), null);
        return json(Map.of("fires", reports.fires(filter, Long.MAX_VALUE, limit)));
    }

    private static Fire.State state(String word) {
        for (var state : Fire.State.values()) {
            if (state.name().equals(word.toUpperCase(Locale.ROOT))) {
                return state;
            }
        }
        throw new Refusal.Invalid(
                "There is no state '%s'; there are %s."
                        .formatted(word, List.of(Fire.State.values())),
                List.of());
    }

    @Override
    public Map<String, @Nullable Object> next(String workflow, String trigger, int count) {
        return json(Map.of("fires", reports.next(workflow, trigger, null, count)));
    }

    @Override
    public Map<String, @Nullable Object> preview(
            Map<String, @Nullable Object> keys, int count) {
        var preview = previews.of(keys, null, count);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("valid", preview.valid());
        answer.put("sentence", preview.sentence());
        answer.put("next", preview.next());
        answer.put("problems", preview.problems().stream().map(ValidateVerb::problemJson).toList());
        return json(answer);
    }

    @Override
    public Map<String, @Nullable Object> backfills() {
        return json(Map.of("backfills", reports.backfills(null, null, 50)));
    }

    @Override
    public Map<String, @Nullable Object> forecast(int days, @Nullable String workflow) {
        return json(forecasts.of(Math.clamp(days, 1, Forecasts.MOST_DAYS), workflow));
    }

    private Map<String, @Nullable Object> json(Object report) {
        try {
            return Json.readObject(mapper.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
