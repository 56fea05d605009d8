package dev.leat.task;

import java.time.Duration;
import java.util.List;

/// A request that Leat won't carry out, with a sentence for whoever asked. Doors turn it into an
/// answer; it is no bug and is not logged as one.
public abstract sealed class Refusal extends RuntimeException {

    private Refusal(String message) {
        super(message, null, false, false);
    }

    /// The sentence that people read.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// There is no such thing.
    public static final class NotFound extends Refusal {
        public NotFound(String message) {
            super(message);
        }
    }

    /// What was sent can't be used: every problem at once.
    public static final class Invalid extends Refusal {
        private final transient List<Problem> problems;

        public Invalid(String message, List<Problem> problems) {
            super(message);
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /// Not for whoever asked.
    public static final class Forbidden extends Refusal {
        public Forbidden(String message) {
            super(message);
        }
    }

    /// It can't be done to the thing as it is now.
    public static final class Conflict extends Refusal {
        public Conflict(String message) {
            super(message);
        }
    }

    /// Not now; the same request may succeed later.
    public static final class Unavailable extends Refusal {
        private final Duration retryAfter;

        public Unavailable(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
