"""Notes an attempt in a file outside of Leat: a synced line when it begins, and one when it ends;
one that takes long also notes that it lives.

As a plugin it takes its parameters from standard input, as a shell command from the environment."""

import json
import os
import sys
import time

LINES = 3
LONG = 1
BETWEEN_BEATS = 0.2


def note(what, nonce):
    env = os.environ
    line = "%s %s %s %s %s %s %d %d %d\n" % (
        env["LEAT_RUN_ID"],
        env["LEAT_TASK_ID"],
        env["LEAT_ATTEMPT"],
        env["LEAT_FENCE"],
        what,
        nonce,
        time.monotonic_ns(),
        time.time_ns(),
        os.getpid(),
    )
    file = os.open(env["LEDGER"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(file, line.encode())
    if what != "beat":
        os.fsync(file)
    os.close(file)


def say(plugin, text):
    print(json.dumps({"log": text}) if plugin else text, flush=True)


def wait(seconds, nonce):
    """Who takes long notes all the time that it lives."""
    until = time.monotonic() + seconds
    while time.monotonic() + BETWEEN_BEATS < until and seconds >= LONG:
        time.sleep(BETWEEN_BEATS)
        note("beat", nonce)
    time.sleep(max(0, until - time.monotonic()))


def main():
    plugin = sys.argv[1:] == ["plugin"]
    if plugin:
        asked = json.loads(sys.stdin.readline())["parameters"]
    else:
        asked = {"millis": int(os.environ.get("MILLIS", "0")), "fail": os.environ.get("FAIL") == "true"}
        asked["from"] = os.environ.get("FROM")
        asked["nonceOf"] = os.environ.get("NONCE_OF")
    nonce = os.urandom(8).hex()
    note("start", nonce)
    for number in range(1, LINES + 1):
        say(plugin, "note %d of %d" % (number, LINES))
    first = os.environ["LEAT_ATTEMPT"] == "1"
    if first or not asked.get("once"):
        wait(asked.get("millis", 0) / 1000, nonce)
    failed = asked.get("fail") and first
    note("failed" if failed else "end", nonce)
    result = {"nonce": nonce, "from": asked.get("from"), "nonceOf": asked.get("nonceOf")}
    if asked.get("kilobytes"):
        result["padding"] = nonce[0] * 1024 * asked["kilobytes"]
    if plugin:
        answer = {"error": {"code": "ledger", "message": "as wanted", "retryable": True}} if failed else {"result": result}
        print(json.dumps(answer), flush=True)
    elif failed:
        sys.exit(3)
    else:
        with open(os.environ["LEAT_OUTPUT"], "w") as output:
            json.dump(result, output)


if __name__ == "__main__":
    main()
