package dev.leat.cli;

import java.io.PrintStream;
import java.util.List;

/// Rows of cells, each column as wide as its widest cell. The first row has the titles.
record Table(List<List<String>> rows) {

    private static final String GAP = "  ";

    void print(PrintStream out) {
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
