package dev.leat.engine.firing;

import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.engine.TriggerFacts;
import dev.leat.engine.firing.Fires.Pending;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a fire asks the engine for.
final class StartRequests {

    private StartRequests() {}

    /// @throws RuntimeException where the trigger's `inputs` can't be evaluated
    static StartRun of(Pending pending, Instant now, LongFunction<List<Change>> along) {
        var trigger = pending.trigger();
        var spec = trigger.spec();
        var facts = new LinkedHashMap<String, @Nullable Object>(pending.facts());
        facts.put("id", spec.id());
        facts.put("firedAt", now.toString());
        var seen = TriggerFacts.seen(spec.type(), facts);
        return new StartRun(
                trigger.workflow(),
                null,
                0,
                inputs(pending, seen),
                spec.labels(),
                spec.type(),
                facts,
                null,
                pending.stored() ? key(pending.fire().id()) : null,
                0,
                along);
    }

    /// A fire that the ledger has, open, is settled once: by the run that has this key.
    private static String key(long fire) {
        return "fire-" + Ids.text(fire);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> inputs(
            Pending pending, Map<String, @Nullable Object> seen) {
        var given = pending.inputs();
        if (given != null) {
            return given;
        }
        var value =
                pending.trigger()
                        .spec()
                        .inputs()
                        .evaluate(root -> root.equals("trigger") ? seen : null);
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
