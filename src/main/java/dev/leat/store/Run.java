package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A run as stored. Written by the [Journal] alone; JSON columns hold text.
public final class Run extends ListedRun {

    /// The number of the newest transition is read from the history: a column would have to be
    /// written again, with the whole row, for each transition.
    static final String COLUMNS =
            ListedRun.COLUMNS
                    + """
                      , r.inputs, r.outputs, r.trigger_facts, r.idempotency_key, r.payload_hash,
                      r.cancel_by, r.cancel_reason, (select max(t.seq) from transition t where t.run = r.id)""";

    public String inputs = "{}";

    public @Nullable String outputs;

    public String triggerFacts = "{}";

    public @Nullable String idempotencyKey;

    public @Nullable String payloadHash;

    /// Who asked for its end, where its node had to be told, and why.
    public @Nullable String cancelBy;

    public @Nullable String cancelReason;

    /// The number of its newest transition.
    public long lastSeq;

    Run() {}

    Run copy() {
        var copy = new Run();
        copy.take(this);
        copy.inputs = inputs;
        copy.outputs = outputs;
        copy.triggerFacts = triggerFacts;
        copy.idempotencyKey = idempotencyKey;
        copy.payloadHash = payloadHash;
        copy.cancelBy = cancelBy;
        copy.cancelReason = cancelReason;
        copy.lastSeq = lastSeq;
        return copy;
    }

    /// @param row with [#COLUMNS]
    Run(Columns row) throws SQLException {
        super(row);
        inputs = row.text();
        outputs = row.textOrNull();
        triggerFacts = row.text();
        idempotencyKey = row.textOrNull();
        payloadHash = row.textOrNull();
        cancelBy = row.textOrNull();
        cancelReason = row.textOrNull();
        lastSeq = row.number();
    }
}
