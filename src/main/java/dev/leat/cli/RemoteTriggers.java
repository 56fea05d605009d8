package dev.leat.cli;

import dev.leat.store.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the server that holds the data directory.
final class RemoteTriggers implements TriggerHost {

    /// The most that a server gives at once.
    private static final int MOST = 500;

    private final ServerConnection server;

    RemoteTriggers(ServerConnection server) {
        this.server = server;
    }

    @Override
    public Map<String, @Nullable Object> triggers(@Nullable String workflow) {
        return server.get(
                workflow == null
                        ? "/api/triggers?limit=" + MOST
                        : "/api/workflows/" + SteeringVerb.encoded(workflow) + "/triggers");
    }

    @Override
    public Map<String, @Nullable Object> fires(
            @Nullable String workflow,
            @Nullable String trigger,
            @Nullable String state,
            int limit) {
        return server.get(
                "/api/fires?limit="
                        + Math.clamp(limit, 1, MOST)
                        + parameter("workflow", workflow)
                        + parameter("trigger", trigger)
                        + parameter("state", state));
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + SteeringVerb.encoded(value);
    }

    @Override
    public Map<String, @Nullable Object> next(String workflow, String trigger, int count) {
        return server.get(
                "/api/workflows/%s/triggers/%s/next?count=%d"
                        .formatted(
                                SteeringVerb.encoded(workflow),
                                SteeringVerb.encoded(trigger),
                                count));
    }

    @Override
    public Map<String, @Nullable Object> preview(
            Map<String, @Nullable Object> keys, int count) {
        return server.post(
                "/api/schedules/preview?count=" + count, "application/json", Json.write(keys));
    }

    @Override
    public Map<String, @Nullable Object> backfills() {
        return server.get("/api/backfills");
    }

    @Override
    public Map<String, @Nullable Object> forecast(int days, @Nullable String workflow) {
        return server.get("/api/forecast?days=" + days + parameter("workflow", workflow));
    }
}
