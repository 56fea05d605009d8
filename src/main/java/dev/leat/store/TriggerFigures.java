package dev.leat.store;

import dev.leat.store.Reads.Link;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lists of triggers tell of each: asked for all of them at once, in three statements.
@ApplicationScoped
public class TriggerFigures {

    /// Of all triggers together. There are rarely more than a few of one.
    private static final int MOST_ACTIVE = 10_000;

    private static final String LAST =
            """
            select %s from k join fire f on f.id = (
                select max(g.id) from fire g where g.workflow = k.workflow and g.trigger_id = k.trigger_id)"""
                    .formatted(Fire.COLUMNS);
    private static final String LATELY =
            """
            select f.workflow, f.trigger_id, f.state, count(*) from k join fire f
                on f.workflow = k.workflow and f.trigger_id = k.trigger_id and f.id >= ?
            group by f.workflow, f.trigger_id, f.state""";
    private static final String ACTIVE =
            """
            select k.workflow, k.trigger_id, r.id from k
                join run r on r.workflow = k.workflow and r.state in ('QUEUED', 'RUNNING', 'PAUSED')
                join fire f on f.run = r.id and f.trigger_id = k.trigger_id
            order by r.id limit ?""";

    private final Reads reads;

    TriggerFigures(Reads reads) {
        this.reads = reads;
    }

    public record Key(String workflow, String trigger) {}

    /// @param last its latest fire; null where there was none
    /// @param lately how many fires ended in each way
    /// @param active the unfinished runs that it started, oldest first
    public record Figures(@Nullable Fire last, Map<Fire.State, Long> lately, List<Long> active) {}

    /// @param since what is counted begins there
    public Map<Key, Figures> of(Set<Key> keys, Instant since) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return reads.together(link -> together(link, List.copyOf(keys), since));
    }

    private static Map<Key, Figures> together(Link link, List<Key> keys, Instant since)
            throws SQLException {
        var last = new HashMap<Key, Fire>();
        for (var fire : link.list(with(keys) + LAST, Fire::read, parameters(keys))) {
            last.put(new Key(fire.workflow(), fire.trigger()), fire);
        }
        var lately = new HashMap<Key, Map<Fire.State, Long>>();
        link.list(
                with(keys) + LATELY,
                row ->
                        lately.computeIfAbsent(key(row), _ -> new EnumMap<>(Fire.State.class))
                                .put(Fire.State.valueOf(row.text()), row.number()),
                parameters(keys, Ids.firstAt(since)));
        var active = new HashMap<Key, List<Long>>();
        link.list(
                with(keys) + ACTIVE,
                row -> active.computeIfAbsent(key(row), _ -> new ArrayList<>()).add(row.number()),
                parameters(keys, MOST_ACTIVE));
        var figures = new HashMap<Key, Figures>();
        for (var key : keys) {
            figures.put(
                    key,
                    new Figures(
                            last.get(key),
                            lately.getOrDefault(key, Map.of()),
                            active.getOrDefault(key, List.of())));
        }
        return figures;
    }

    private static Key key(Columns row) throws SQLException {
        return new Key(row.text(), row.text());
    }

    private static String with(List<Key> keys) {
        var rows = String.join(", ", Collections.nCopies(keys.size(), "(?, ?)"));
        return "with k(workflow, trigger_id) as (values " + rows + ") ";
    }

    private static Object[] parameters(List<Key> keys, Object... more) {
        var parameters = new ArrayList<Object>();
        for (var key : keys) {
            parameters.add(key.workflow());
            parameters.add(key.trigger());
        }
        parameters.addAll(List.of(more));
        return parameters.toArray();
    }
}
