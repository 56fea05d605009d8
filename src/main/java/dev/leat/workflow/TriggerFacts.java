package dev.leat.workflow;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What expressions see as `trigger`.
public final class TriggerFacts {

    private static final List<String> MOMENTS =
            List.of("scheduledAt", "dueAt", "firedAt", "modifiedAt", "receivedAt");

    private TriggerFacts() {}

    /// The facts as they are kept, in JSON, with their moments as expressions know them.
    public static Map<String, @Nullable Object> typed(Map<String, @Nullable Object> kept) {
        var facts = new LinkedHashMap<>(kept);
        for (var name : MOMENTS) {
            if (facts.get(name) instanceof String text) {
                facts.put(name, moment(text));
            }
        }
        return facts;
    }

    /// A text that is no moment stays one: somebody may have started the run with it.
    private static Object moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return text;
        }
    }
}
