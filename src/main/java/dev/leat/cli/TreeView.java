package dev.leat.cli;

import dev.leat.cli.RunBoard.Row;
import dev.leat.store.RunEvent;
import dev.leat.store.TaskState;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// All tasks, painted over and over while the run goes on.
final class TreeView implements RunView {

    private static final long PAINT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDEST_NAME = 44;
    private static final int STATE_WIDTH = 15;
    private static final int TIME_WIDTH = 10;

    private final PrintStream out;
    private final Terminal terminal;
    private final RunBoard board;
    private final InstantSource clock;
    private int painted;
    private long paintedAt;
    private boolean changed = true;

    TreeView(PrintStream out, Terminal terminal, RunBoard board, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.board = board;
        this.clock = clock;
        out.print("\u001b[?25l");
    }

    @Override
    public void show(RunEvent event) {
        board.apply(event);
        changed = true;
    }

    @Override
    public void tick() {
        long now = System.nanoTime();
        if (now - paintedAt >= PAINT_EVERY_NANOS && (changed || anythingRuns())) {
            paint(visible());
            paintedAt = now;
            changed = false;
        }
    }

    /// At the end nothing is painted over again, so that all tasks have room.
    @Override
    public void close() {
        paint(lines(board.rows()));
        out.print("\u001b[?25h");
        out.flush();
    }

    private boolean anythingRuns() {
        return board.rows().stream().anyMatch(row -> row.state == TaskState.RUNNING);
    }

    private void paint(List<String> lines) {
        var screen = new StringBuilder();
        if (painted > 0) {
            screen.append("\u001b[").append(painted).append('A');
        }
        lines.forEach(line -> screen.append("\r\u001b[2K").append(line).append('\n'));
        screen.append("\u001b[J");
        out.print(screen);
        out.flush();
        painted = lines.size();
    }

    /// What fits on the screen: the tasks that are on their way, and of the others only a count.
    private List<String> visible() {
        var rows = board.rows().stream().filter(Row::worthShowing).toList();
        int room = Math.max(3, terminal.rows() - 3);
        var shown = rows;
        if (rows.size() > room) {
            var chosen =
                    rows.stream()
                            .sorted(Comparator.comparingInt(TreeView::urgency))
                            .limit(room - 1L)
                            .collect(Collectors.toSet());
            shown = rows.stream().filter(chosen::contains).toList();
        }
        var lines = new ArrayList<>(lines(shown));
        if (shown.size() < rows.size() || board.cancelling()) {
            lines.add(dim(counts()));
        }
        return lines;
    }

    private static int urgency(Row row) {
        return switch (row.state) {
            case RUNNING -> 0;
            case FAILED, TIMED_OUT, UNKNOWN -> 1;
            case RETRYING, WAITING -> 2;
            case READY -> 3;
            case UPSTREAM_FAILED, CANCELLED -> 4;
            case PENDING -> 5;
            case SUCCESS, SKIPPED -> 6;
        };
    }

    private String counts() {
        var counts =
                board.counts().entrySet().stream()
                        .map(entry -> entry.getValue() + " " + Words.word(entry.getKey()))
                        .collect(Collectors.joining(", "));
        return (board.cancelling() ? "cancelling: " : "in all: ") + counts;
    }

    private List<String> lines(List<Row> rows) {
        int widest =
                rows.stream()
                        .filter(Row::worthShowing)
                        .mapToInt(row -> row.indent.length() + row.task.id().length())
                        .max()
                        .orElse(0);
        int width = Math.min(widest, WIDEST_NAME);
        return rows.stream().filter(Row::worthShowing).map(row -> line(row, width)).toList();
    }

    private String line(Row row, int width) {
        var name = Terminal.clipped(row.task.id(), Math.max(8, width - row.indent.length()));
        var gap = " ".repeat(Math.max(0, width - row.indent.length() - name.length()));
        var state = Words.word(row.state);
        var facts = pad(state, STATE_WIDTH) + " " + pad(time(row), TIME_WIDTH) + attempts(row);
        int used = 2 + Math.max(width, row.indent.length() + name.length()) + 2 + facts.length();
        var note = Terminal.clipped(note(row), Math.max(0, terminal.columns() - used - 1));
        return dim(row.indent)
                + colour(Words.symbol(row.state, terminal.symbols()), row.state)
                + " "
                + name
                + gap
                + "  "
                + colour(pad(state, STATE_WIDTH), row.state)
                + facts.substring(STATE_WIDTH)
                + dim(note);
    }

    private String time(Row row) {
        if (row.startedAt == 0) {
            return "";
        }
        long end = row.finishedAt == 0 ? clock.millis() * 1_000 : row.finishedAt;
        return Words.duration((end - row.startedAt) / 1_000);
    }

    private static String attempts(Row row) {
        return row.attempt > 1
                ? " attempt %d/%d ".formatted(row.attempt, row.task.maxAttempts())
                : " ";
    }

    private static String note(Row row) {
        var text =
                row.state == TaskState.RUNNING && row.lastLine != null ? row.lastLine : row.reason;
        return text == null ? "" : Terminal.harmless(text);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private String colour(String text, TaskState state) {
        return painted(text, Words.colour(state));
    }

    private String dim(String text) {
        return painted(text, 90);
    }

    private String painted(String text, int colour) {
        return terminal.colours() && !text.isEmpty()
                ? "\u001b[" + colour + "m" + text + "\u001b[0m"
                : text;
    }
}
