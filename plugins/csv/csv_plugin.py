"""Looks into CSV files for Leat. One attempt of a task is one run of this program: a line of JSON
comes in on standard input, lines of JSON go out on standard output."""

import csv
import io
import json
import math
import os
import sys

DISTINCT_LIMIT = 1000
GROUP_LIMIT = 100_000
PROGRESS_EVERY = 50_000


class Refused(Exception):
    """What was asked for can't be done, and won't be by trying again."""

    def __init__(self, code, message, **details):
        super().__init__(message)
        self.code = code
        self.details = details


def say(**message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def open_table(parameters, base_directory):
    if "text" in parameters:
        return io.StringIO(parameters["text"]), len(parameters["text"])
    path = os.path.join(base_directory, parameters["file"])
    try:
        table = open(path, newline="", encoding=parameters.get("encoding", "utf-8-sig"))
        return table, os.path.getsize(path)
    except LookupError:
        raise Refused("csv.encoding", f"There is no encoding '{parameters['encoding']}'.") from None
    except OSError as problem:
        raise Refused("csv.file", f"The file {path} can't be read: {problem.strerror}.") from None


def rows_of(parameters, base_directory):
    """Yields the header first, and then each row as a list of the same length."""
    table, size = open_table(parameters, base_directory)
    with table:
        reader = csv.reader(table, delimiter=parameters.get("delimiter", ","), strict=True)
        try:
            header = next(reader, None)
            if not header:
                raise Refused("csv.empty", "There is no header: the first line is empty or missing.")
            if len(set(header)) != len(header):
                raise Refused("csv.header", "Two columns have the same name.", columns=header)
            yield header
            read = 0
            for row in reader:
                if not row:
                    continue
                if len(row) != len(header):
                    raise Refused(
                        "csv.row",
                        f"Line {reader.line_num} has {len(row)} values; the header has {len(header)}.",
                        line=reader.line_num,
                    )
                read += sum(map(len, row)) + len(row)
                if reader.line_num % PROGRESS_EVERY == 0:
                    say(progress=min(0.99, read / max(size, 1)), note=f"{reader.line_num} lines")
                yield row
        except (csv.Error, UnicodeDecodeError) as problem:
            raise Refused("csv.syntax", f"Line {reader.line_num} can't be read: {problem}.") from None


def number(text):
    """The number that a text says, or None: 'nan' and 'infinity' are words here."""
    try:
        value = int(text)
    except ValueError:
        try:
            value = float(text)
        except ValueError:
            return None
    return value if math.isfinite(value) else None


class Column:
    def __init__(self, name):
        self.name = name
        self.values = 0
        self.empty = 0
        self.distinct = set()
        self.kind = "integer"
        self.sum = 0
        self.numbers = [None, None]
        self.texts = [None, None]

    def add(self, text):
        text = text.strip()
        if not text:
            self.empty += 1
            return
        self.values += 1
        if len(self.distinct) < DISTINCT_LIMIT:
            self.distinct.add(text)
        widen(self.texts, text)
        value = number(text) if self.kind != "text" else None
        if value is None:
            self.kind = "text"
            return
        if isinstance(value, float):
            self.kind = "number"
        self.sum += value
        widen(self.numbers, value)

    def profile(self):
        numeric = self.values and self.kind != "text"
        smallest, largest = self.numbers if numeric else self.texts
        return {
            "name": self.name,
            "kind": self.kind if self.values else "empty",
            "empty": self.empty,
            "distinct": len(self.distinct),
            "min": smallest,
            "max": largest,
            "mean": self.sum / self.values if numeric else None,
        }


def widen(bounds, value):
    if bounds[0] is None or value < bounds[0]:
        bounds[0] = value
    if bounds[1] is None or value > bounds[1]:
        bounds[1] = value


def profile(parameters, base_directory):
    rows = rows_of(parameters, base_directory)
    columns = [Column(name) for name in next(rows)]
    count = 0
    for row in rows:
        count += 1
        for column, text in zip(columns, row):
            column.add(text)
    say(log=f"Profiled {count} rows of {len(columns)} columns")
    return {"rows": count, "columns": [column.profile() for column in columns]}


class Measure:
    def __init__(self):
        self.count = 0
        self.sum = 0
        self.bounds = [None, None]

    def add(self, value):
        self.count += 1
        self.sum += value
        widen(self.bounds, value)

    def answer(self, function):
        if function == "mean":
            return self.sum / self.count if self.count else None
        return {"count": self.count, "sum": self.sum, "min": self.bounds[0], "max": self.bounds[1]}[function]


def position(header, column):
    if column not in header:
        known = ", ".join(header)
        raise Refused("csv.column", f"There is no column '{column}'. There are: {known}.")
    return header.index(column)


def aggregate(parameters, base_directory):
    rows = rows_of(parameters, base_directory)
    header = next(rows)
    keys = [position(header, column) for column in parameters.get("groupBy", [])]
    measures = []
    for name, measure in parameters["measures"].items():
        counts = measure["function"] == "count"
        if not counts and "column" not in measure:
            raise Refused("csv.measure", f"The measure '{name}' needs a column.")
        measures.append((name, measure["function"], None if counts else position(header, measure["column"])))
    groups = {}
    count = 0
    for row in rows:
        count += 1
        group = groups.setdefault(tuple(row[key] for key in keys), [Measure() for _ in measures])
        if len(groups) > GROUP_LIMIT:
            raise Refused("csv.groups", f"There are more than {GROUP_LIMIT} groups; group by less.")
        for (name, _, at), into in zip(measures, group):
            if at is None:
                into.add(0)
            elif row[at].strip():
                value = number(row[at].strip())
                if value is None:
                    raise Refused(
                        "csv.number", f"'{row[at]}' in column '{header[at]}' is no number.", row=count
                    )
                into.add(value)
    say(log=f"Aggregated {count} rows into {len(groups)} groups")
    return {
        "rows": count,
        "groups": [
            {
                **{header[key]: value for key, value in zip(keys, values)},
                **{name: into.answer(function) for (name, function, _), into in zip(measures, group)},
            }
            for values, group in sorted(groups.items())
        ],
    }


TYPES = {"csv.profile": profile, "csv.aggregate": aggregate}


def main():
    request = json.loads(sys.stdin.readline())
    try:
        say(result=TYPES[request["type"]](request["parameters"], request["baseDirectory"]))
    except Refused as refusal:
        say(error={"code": refusal.code, "message": str(refusal), "retryable": False, "details": refusal.details})


if __name__ == "__main__":
    csv.field_size_limit(10_000_000)
    main()
