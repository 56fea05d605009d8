package dev.leat.trigger.webhook;

import org.jspecify.annotations.Nullable;

/// What comes of looking at a request's signature.
sealed interface Proof {

    /// @param delivery which delivery it is, as the sender tells or as the signature shows; null
    /// where nothing does
    /// @param named whether the sender calls it so, so that another body under it is a mistake
    record Genuine(@Nullable String delivery, boolean named) implements Proof {}

    /// @param why a sentence that helps an honest sender, and tells nobody anything about the
    /// secret
    record Refused(String why) implements Proof {}
}
