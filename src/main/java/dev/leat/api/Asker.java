package dev.leat.api;

import dev.leat.engine.Request;
import org.jspecify.annotations.Nullable;

/// Who asks for something over REST. There is no login yet: they are who they say.
final class Asker {

    static final String ACTOR = "Who asks, in words of yours: kept with what is done, and shown.";

    private static final int LONGEST = 200;

    private Asker() {}

    /// @param client the header Leat-Client
    /// @param actor the header Leat-Actor
    static Request of(@Nullable String client, @Nullable String actor, @Nullable String reason) {
        var said = actor == null || actor.isBlank() ? null : actor.strip();
        if (said != null
                && (said.length() > LONGEST || said.chars().anyMatch(Character::isISOControl))) {
            throw Query.bad(
                    "The header Leat-Actor has at most %d printable characters."
                            .formatted(LONGEST));
        }
        return new Request(
                "cli".equals(client) ? "cli" : "api",
                said,
                reason == null || reason.isBlank() ? null : reason.strip());
    }
}
