package dev.leat.store;

/// One thing that happened in a run, as those see it who follow the run.
public sealed interface RunEvent {

    /// Where to go on from after this event.
    Cursor cursor();

    /// The run or one of its tasks is in another state.
    record Changed(Transition transition, Cursor cursor) implements RunEvent {}

    /// A task wrote a line.
    record Wrote(RunLogs.Line line, Cursor cursor) implements RunEvent {}

    /// Nothing more will happen.
    record Ended(RunState state, Cursor cursor) implements RunEvent {}

    /// How much of a run somebody has seen. As text `12-345`.
    ///
    /// @param transitions the number of the last transition seen; 0 for none
    /// @param lines the number of the last log line seen; 0 for none
    record Cursor(long transitions, long lines) {
        public static final Cursor START = new Cursor(0, 0);

        /// @throws IllegalArgumentException with a sentence
        public static Cursor parse(String text) {
            int dash = text.indexOf('-');
            try {
                if (dash > 0) {
                    var transitions = Long.parseLong(text.substring(0, dash));
                    return new Cursor(transitions, Long.parseLong(text.substring(dash + 1)));
                }
            } catch (NumberFormatException _) {
                // said below
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is no event cursor; they look like '12-345'.");
        }

        public Cursor {
            if (transitions < 0 || lines < 0) {
                throw new IllegalArgumentException("A cursor has no negative parts.");
            }
        }

        Cursor withTransitions(long number) {
            return new Cursor(number, lines);
        }

        Cursor withLines(long number) {
            return new Cursor(transitions, number);
        }

        @Override
        public String toString() {
            return transitions + "-" + lines;
        }
    }
}
