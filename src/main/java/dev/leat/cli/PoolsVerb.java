package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `leat pools`, and what gives a pool its places.
final class PoolsVerb {

    private static final List<String> TITLES = List.of("POOL", "PLACES", "FREE", "WHO IS IN");
    private static final int HOLDERS_SHOWN = 5;

    private final RunHost host;

    PoolsVerb(RunHost host) {
        this.host = host;
    }

    int list(PoolsCommand command) {
        var pools = host.pools();
        if (command.json) {
            System.out.println(Json.writePretty(pools));
        } else if (pools.isEmpty()) {
            System.out.println("No pool was given places, and no task is in one.");
        } else {
            print(pools);
        }
        return Exit.SUCCESS;
    }

    int set(PoolsSetCommand command) {
        return done(
                () -> host.sizePool(command.name, command.places),
                "Pool '%s' has %s now."
                        .formatted(
                                command.name,
                                command.places == 1 ? "1 place" : command.places + " places"));
    }

    int delete(PoolsDeleteCommand command) {
        return done(
                () -> host.removePool(command.name),
                "Pool '%s' has 1 place again.".formatted(command.name));
    }

    private static int done(Runnable change, String sentence) {
        try {
            change.run();
        } catch (Refusal.Invalid e) {
            // A server says what is wrong with each field, and in its sentence only that something
            // is.
            e.problems().forEach(problem -> System.err.println("leat: " + problem.message()));
            return e.problems().isEmpty() ? Remote.refused(e) : Exit.REFUSED;
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
        System.out.println(sentence);
        return Exit.SUCCESS;
    }

    private static void print(List<Map<?, ?>> pools) {
        var rows = new ArrayList<List<String>>(List.of(TITLES));
        pools.forEach(pool -> rows.add(row(pool)));
        new Table(rows).print(System.out);
    }

    private static List<String> row(Map<?, ?> pool) {
        return List.of(
                RunDocument.text(pool, "name"),
                String.valueOf(pool.get("places")),
                String.valueOf(pool.get("free")),
                holders(pool));
    }

    private static String holders(Map<?, ?> pool) {
        var holders = RunDocument.objects(pool.get("holders"));
        var shown =
                holders.stream()
                        .limit(HOLDERS_SHOWN)
                        .map(
                                holder ->
                                        RunDocument.text(holder, "run")
                                                + "/"
                                                + RunDocument.text(holder, "task"))
                        .collect(Collectors.joining(", "));
        return holders.size() > HOLDERS_SHOWN ? shown + ", …" : shown;
    }
}
