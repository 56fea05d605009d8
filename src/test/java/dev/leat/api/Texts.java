package dev.leat.api;

/// Workflows that the tests of this door use.
final class Texts {

    private Texts() {}

    static String hello(String id) {
        return """
        {
          "id": "%s",
          "name": "Hello",
          "labels": {"team": "bi"},
          "inputs": {
            "type": "object",
            "properties": {
              "name": {"type": "string", "default": "world"},
              "times": {"type": "integer", "minimum": 1, "default": 1}
            },
            "additionalProperties": false
          },
          "tasks": [
            {"id": "greet", "type": "log", "with": {"message": "Hello, ${ inputs.name }!"}},
            {"id": "after", "type": "transform", "dependsOn": ["greet"],
             "with": {"value": "${ inputs.times * 2 }"}}
          ],
          "outputs": {"twice": "${ tasks.after.output }"}
        }
        """
                .formatted(id);
    }

    /// Runs until it is cancelled, at most a minute.
    static String slow(String id) {
        return """
        {"id": "%s", "tasks": [
          {"id": "sleep", "type": "shell", "with": {"command": "sleep 60"}},
          {"id": "after", "type": "noop", "dependsOn": ["sleep"]}
        ]}
        """
                .formatted(id);
    }

    /// A task in a pool, which goes on until it is cancelled, at most a minute.
    static String pooled(String id, String pool) {
        return """
        {"id": "%s", "tasks": [
          {"id": "sleep", "type": "shell", "pool": "%s", "with": {"command": "sleep 60"}}
        ]}
        """
                .formatted(id, pool);
    }

    /// Many lines from several tasks at once.
    static String chatty(String id, int tasks, int lines) {
        var text = new StringBuilder("{\"id\": \"" + id + "\", \"tasks\": [");
        for (int task = 0; task < tasks; task++) {
            text.append(task == 0 ? "" : ", ")
                    .append("{\"id\": \"t" + task + "\", \"type\": \"shell\", \"with\": ")
                    .append(
                            "{\"command\": \"for n in $(seq "
                                    + lines
                                    + "); do echo line $n; done\"}}");
        }
        return text.append("]}").toString();
    }
}
