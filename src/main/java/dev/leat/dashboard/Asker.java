package dev.leat.dashboard;

import dev.leat.engine.Request;
import org.jspecify.annotations.Nullable;

/// Who asks for something by a page's form. There is no login yet, so nobody is named.
final class Asker {

    private Asker() {}

    /// @param why as it was typed; kept with what is done
    static Request because(@Nullable String why) {
        return new Request("dashboard", null, why == null || why.isBlank() ? null : why.strip());
    }
}
