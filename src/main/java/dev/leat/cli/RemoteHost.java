package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Refusal;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.PoolName;
import dev.leat.workflow.WorkflowLoader.Source;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Has runs carried out by the server that holds the data directory.
final class RemoteHost implements RunHost {

    private static final String JSON = "application/json";

    /// The most that a server gives at once.
    private static final int MOST_NODES = 500;

    private final ServerConnection server;

    RemoteHost(ServerConnection server) {
        this.server = server;
    }

    @Override
    public Checked check(Source source) {
        var type =
                switch (source.format()) {
                    case JSON -> JSON;
                    case YAML -> "application/yaml";
                };
        var answer = server.post("/api/workflows/validate", type, source.text());
        var problems = ServerConnection.problems(answer);
        if (!Boolean.TRUE.equals(answer.get("valid"))) {
            throw new Refusal.Invalid(source.name() + " has errors.", problems);
        }
        return new Checked(RunDocument.text(answer, "id"), object(answer.get("inputs")), problems);
    }

    @Override
    public String start(
            Source source,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            int priority,
            String startedBy) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("definition", source.text());
        body.put("format", source.format().name());
        body.put("inputs", inputs);
        body.put("labels", labels);
        body.put("priority", priority);
        return RunDocument.text(server.post("/api/runs", JSON, Json.write(body)), "id");
    }

    @Override
    public URI address(String path) {
        return server.address(path);
    }

    @Override
    public ServerConnection.Answer send(String path, Map<String, String> headers, byte[] body) {
        return server.send(path, headers, body);
    }

    @Override
    public Following follow(String run) {
        return new RemoteFollowing(server, run);
    }

    @Override
    public RunDocument document(String run) {
        return new RunDocument(server.get("/api/runs/" + run));
    }

    @Override
    public List<RunDocument> latest(
            @Nullable String workflow, @Nullable RunState state, int limit) {
        var query = new StringBuilder("/api/runs?limit=" + limit);
        if (workflow != null) {
            query.append("&workflow=").append(encoded(workflow));
        }
        if (state != null) {
            query.append("&state=").append(state);
        }
        return RunDocument.objects(server.get(query.toString()).get("runs")).stream()
                .map(run -> new RunDocument(object(run)))
                .toList();
    }

    @Override
    public List<Map<?, ?>> nodes(int limit) {
        var nodes = server.get("/api/nodes?limit=" + Math.min(limit, MOST_NODES)).get("nodes");
        return RunDocument.objects(nodes);
    }

    @Override
    public List<Map<?, ?>> pools() {
        return RunDocument.objects(server.get("/api/pools").get("pools"));
    }

    @Override
    public void sizePool(String pool, int places) {
        server.put(pool(pool), JSON, Json.write(Map.of("places", places)));
    }

    @Override
    public void removePool(String pool) {
        server.delete(pool(pool));
    }

    @Override
    public List<Map<?, ?>> documents(Kind kind) {
        return RunDocument.objects(server.get("/api/" + plural(kind)).get(plural(kind)));
    }

    @Override
    public String saveDocument(Kind kind, DocumentText text, String by) {
        var id = text.id() == null ? "" : "?id=" + encoded(text.id());
        var type =
                switch (text.format()) {
                    case JSON -> JSON;
                    case YAML -> "application/yaml";
                    case ICS -> "text/calendar";
                };
        return RunDocument.text(
                server.post("/api/" + plural(kind) + id, type, text.text(), by), "id");
    }

    @Override
    public void removeDocument(Kind kind, String id) {
        server.delete("/api/" + plural(kind) + "/" + encoded(id));
    }

    private static String plural(Kind kind) {
        return switch (kind) {
            case CALENDAR -> "calendars";
            case BLACKOUT -> "blackouts";
        };
    }

    @Override
    public List<Map<?, ?>> approvals() {
        return RunDocument.objects(
                server.get("/api/approvals?limit=" + MOST_NODES).get("approvals"));
    }

    @Override
    public Map<?, ?> approval(String run, String task) {
        return server.get(approvalOf(run, task));
    }

    @Override
    public void decide(String run, String task, Decision decision) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("decision", decision.approved() ? "approved" : "rejected");
        body.put("values", decision.values());
        body.put("comment", decision.comment());
        body.put("by", decision.by());
        server.post(approvalOf(run, task), JSON, Json.write(body));
    }

    @Override
    public int signal(String name, String key, @Nullable Object payload, Duration keep) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("key", key);
        body.put("payload", payload);
        body.put("keep", keep.toString());
        var answer = server.post("/api/signals/" + encoded(name), JSON, Json.write(body));
        return answer.get("delivered") instanceof Long count ? count.intValue() : 0;
    }

    private static String approvalOf(String run, String task) {
        return "/api/approvals/" + encoded(run) + "/" + encoded(task);
    }

    private static String pool(String name) {
        return "/api/pools/" + PoolName.checked(name);
    }

    @Override
    public TriggerHost triggers() {
        return new RemoteTriggers(server);
    }

    @Override
    public List<RunLogs.Line> lastLines(String run, String task, int limit) {
        var path = "/api/runs/%s/logs?task=%s&tail=%d".formatted(run, encoded(task), limit);
        return RunDocument.objects(server.get(path).get("lines")).stream()
                .map(RemoteEvents::line)
                .toList();
    }

    @Override
    public void cancel(String run, String by, String why) {
        server.post("/api/runs/" + run + "/cancel", JSON, Json.write(Map.of("reason", why)));
    }

    @Override
    public Map<String, @Nullable Object> ask(String path) {
        return server.get(path);
    }

    @Override
    public Map<String, @Nullable Object> tell(
            String path, Map<String, @Nullable Object> body, String by) {
        return server.post(path, JSON, Json.write(body), by);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> object.put(String.valueOf(key), item));
        }
        return object;
    }
}
