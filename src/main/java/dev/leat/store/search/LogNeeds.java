package dev.leat.store.search;

import dev.leat.store.search.LogQuery.Needed;
import dev.leat.task.LogKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a part of a log must have for any of its lines to fit.
///
/// @param any one of these, where there are any
public record LogNeeds(List<Needed> all, List<String> any) {

    /// @param run 0 for any
    /// @param kinds empty for any
    public static LogNeeds of(
            LogQuery query,
            @Nullable String workflow,
            @Nullable String task,
            long run,
            Set<LogKind> kinds) {
        var all = new ArrayList<>(query.needed());
        if (workflow != null) {
            all.add(new Needed(LogTraits.workflow(workflow), false));
        }
        if (task != null) {
            all.add(new Needed(LogTraits.task(task), false));
        }
        if (run != 0) {
            all.add(new Needed(LogTraits.run(run), false));
        }
        return new LogNeeds(all, kinds.stream().map(LogTraits::kind).sorted().toList());
    }
}
