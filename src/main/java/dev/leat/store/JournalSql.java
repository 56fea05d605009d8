package dev.leat.store;

/// What the journal says to the database. Both understand it, where nothing else is said.
final class JournalSql {

    static final String INSERT_REVISION =
            """
            insert into revision (id, workflow, number, hash, source, format, origin, author, message, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String INSERT_WORKFLOW =
            """
            insert into workflow (id, namespace, name, description, labels, revision, revision_number, origin, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /// The new revision is the current one.
    static final String SAVE_WORKFLOW =
            INSERT_WORKFLOW
                    + """
                      on conflict (id) do update set name = excluded.name, description = excluded.description,
                          labels = excluded.labels, revision = excluded.revision,
                          revision_number = excluded.revision_number, origin = excluded.origin,
                          updated_at = excluded.updated_at, deleted = 0""";

    /// The new revision is for one run, or waits.
    static final String NOTE_WORKFLOW =
            INSERT_WORKFLOW
                    + "on conflict (id) do update set revision_number = excluded.revision_number";

    static final String DELETE_WORKFLOW =
            "update workflow set deleted = 1, updated_at = ? where id = ?";

    static final String INSERT_RUN =
            """
            insert into run (id, workflow, revision, revision_number, state, reason, inputs, trigger_kind,
                trigger_facts, started_by, labels, idempotency_key, payload_hash, task_count, limited, priority,
                owner, fence, rerun_of, created_at, started_at, finished_at, outputs, error)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /// The same for any number of rows, as PostgreSQL has it; so are its like below.
    static final String INSERT_RUNS =
            """
            insert into run (id, workflow, revision, revision_number, state, reason, inputs, trigger_kind,
                trigger_facts, started_by, labels, idempotency_key, payload_hash, task_count, limited, priority,
                owner, fence, rerun_of, created_at, started_at, finished_at, outputs, error)
            select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::integer[],
                ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::text[], ?::text[])""";

    static final String CLAIM_RUN = "update run set owner = ?, fence = fence + 1 where id = ?";

    static final String UPDATE_RUN =
            """
            update run set state = ?, reason = ?, started_at = coalesce(?, started_at), finished_at = ?,
                outputs = coalesce(?, outputs), error = ? where id = ?""";

    static final String UPDATE_RUNS =
            """
            update run set state = new.state, reason = new.reason,
                started_at = coalesce(new.started_at, run.started_at), finished_at = new.finished_at,
                outputs = coalesce(new.outputs, run.outputs), error = new.error
            from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
                as new (state, reason, started_at, finished_at, outputs, error, id)
            where run.id = new.id""";

    static final String CANCEL_RUN =
            """
            update run set cancel_requested_at = coalesce(cancel_requested_at, ?),
                cancel_by = coalesce(cancel_by, ?), cancel_reason = coalesce(cancel_reason, ?)
            where id = ? and finished_at is null""";

    static final String SAVE_OPERATION =
            """
            insert into operation (id, run, action, task, who, via, why, details, state, answer, asked_at, done_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set state = excluded.state, answer = excluded.answer,
                done_at = excluded.done_at
            where operation.state = 'ASKED'""";

    static final String SAVE_LABEL =
            """
            insert into run_label (run, name, value) values (?, ?, ?)
            on conflict (run, name) do update set value = excluded.value""";

    static final String SAVE_LABELS =
            """
            insert into run_label (run, name, value) select * from unnest(?::bigint[], ?::text[], ?::text[])
            on conflict (run, name) do update set value = excluded.value""";

    static final String DELETE_LABELS = "delete from run_label where run = ?";

    static final String LABEL_RUN = "update run set labels = ? where id = ?";

    static final String ENTER_POOL =
            "insert into pool_place (pool, run, task) values (?, ?, ?) on conflict do nothing";

    static final String LEAVE_POOL =
            "delete from pool_place where pool = ? and run = ? and task = ?";

    static final String LEAVE_POOLS = "delete from pool_place where run = ?";

    static final String SIZE_POOL =
            """
            insert into pool (name, places, updated_at) values (?, ?, ?)
            on conflict (name) do update set places = excluded.places, updated_at = excluded.updated_at""";

    static final String REMOVE_POOL = "delete from pool where name = ?";

    static final String SAVE_DOCUMENT =
            """
            insert into document (kind, id, source, format, origin, author, saved_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (kind, id) do update set source = excluded.source, format = excluded.format,
                origin = excluded.origin, author = excluded.author, saved_at = excluded.saved_at""";

    static final String DELETE_DOCUMENT = "delete from document where kind = ? and id = ?";

    static final String SAVE_VIEW =
            """
            insert into saved_view (name, path, query, saved_at) values (?, ?, ?, ?)
            on conflict (name) do update set path = excluded.path, query = excluded.query,
                saved_at = excluded.saved_at""";

    static final String DELETE_VIEW = "delete from saved_view where name = ?";

    static final String SAVE_ANSWER =
            """
            insert into answer (run, task, attempt, answer, by_whom, at) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    static final String KEEP_SIGNAL =
            """
            insert into signal (id, awaits, payload, by_whom, at, expires_at) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    static final String TAKE_SIGNAL = "delete from signal where id = ?";

    static final String CACHE_STEP =
            """
            insert into step_cache (workflow, task, key, output, run, at, expires_at) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (workflow, task, key) do update set output = excluded.output, run = excluded.run,
                at = excluded.at, expires_at = excluded.expires_at""";

    static final String FORGET_SIGNALS = "delete from signal where expires_at <= ?";

    static final String FORGET_CACHED = "delete from step_cache where expires_at <= ?";

    private static final String FIRE_ROW =
            """
            insert into fire (id, workflow, trigger_id, slot, nominal, due_at, state, cause, reason, run, backfill, facts, at)
            """;

    static final String INSERT_FIRE = FIRE_ROW + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String INSERT_FIRES =
            FIRE_ROW
                    + """
                      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                          ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])""";

    static final String NOTICE_FIRE = INSERT_FIRE + " on conflict do nothing";

    static final String SETTLE_FIRE =
            """
            update fire set due_at = ?, state = ?, cause = ?, reason = ?, run = ?, facts = ?, at = ?
            where id = ? and state in ('DUE', 'HELD')""";

    static final String FORGET_FIRES =
            "delete from fire where id < ? and state not in ('DUE', 'HELD')";

    static final String SETTLE_TRIGGER =
            """
            update trigger_state set settled_until = ?
            where workflow = ? and trigger_id = ?""";

    static final String SETTLE_TRIGGERS =
            """
            update trigger_state set settled_until = new.until
            from unnest(?::bigint[], ?::text[], ?::text[]) as new(until, workflow, trigger_id)
            where trigger_state.workflow = new.workflow and trigger_state.trigger_id = new.trigger_id""";

    static final String SAVE_TRIGGER =
            """
            insert into trigger_state (workflow, trigger_id, hash, revision, settled_until, counted_from, paused_at, paused_by,
                paused_why, trial_at, trial_run)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (workflow, trigger_id) do update set hash = excluded.hash, revision = excluded.revision,
                settled_until = case when excluded.settled_until > trigger_state.settled_until
                    then excluded.settled_until else trigger_state.settled_until end, counted_from = excluded.counted_from, paused_at = excluded.paused_at, paused_by = excluded.paused_by,
                paused_why = excluded.paused_why, trial_at = excluded.trial_at, trial_run = excluded.trial_run""";

    static final String FORGET_TRIGGER =
            "delete from trigger_state where workflow = ? and trigger_id = ?";

    static final String SAVE_BACKFILL =
            """
            insert into backfill (id, workflow, trigger_id, from_at, to_at, at_once, total, started, cursor_at, state, reason,
                who, via, why, asked_at, finished_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set started = excluded.started, cursor_at = excluded.cursor_at,
                state = excluded.state, reason = excluded.reason, finished_at = excluded.finished_at
            where backfill.state = 'RUNNING'""";

    /// Holds the node's row until the transaction ends, in a way that renewals of its lease don't
    /// wait for, and that those who would fence it do.
    static final String HOLDS =
            "select 1 from node where id = ? and state in ('LIVE', 'DRAINING') for key share";

    /// Whether a lock is held still, see [Hold]. Whoever gets it next waits for the end of the
    /// transaction that has asked this.
    static final String HOLDS_LOCK =
            """
            select 1 where case
                when pg_advisory_xact_lock_shared(hashtextextended('leat writes ' || ?, 0))::text is not null
                then txid_status(?) = 'in progress' end""";

    static final String IS_CURRENT =
            "select 1 from workflow where id = ? and revision = ? and deleted = 0";

    /// These fail where the answer is no.
    static final String MUST_HOLD = must(HOLDS);

    static final String MUST_HOLD_LOCK = must(HOLDS_LOCK);

    static final String MUST_BE_CURRENT = must(IS_CURRENT);

    private static String must(String question) {
        return "select 1 / count(*) from (" + question + ") held";
    }

    static final String COMMIT = "commit";

    /// Waits for the ends of all transactions that hold a node's row as above, also those whose
    /// connection is lost. For PostgreSQL, as is what bounds the wait.
    static final String AWAIT_WRITES = "select 1 from node where id = ? for update";

    static final String WAIT_NO_LONGER = "select set_config('lock_timeout', ?, true)";

    /// For PostgreSQL, and the session.
    static final String FIND_BY_KEY =
            """
            set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
            set plan_cache_mode = force_generic_plan""";

    static final String TELL = "select pg_notify(?, ?)";

    private static final String TASK_ROW =
            """
            insert into task_run (run, task, state, attempt, lost, reason, due_at, started_at, finished_at, error, has_output,
                awaits, detail)
            """;

    private static final String TASK_AGAIN =
            """

            on conflict (run, task) do update set state = excluded.state, attempt = excluded.attempt,
                lost = excluded.lost, reason = excluded.reason, due_at = excluded.due_at,
                started_at = coalesce(excluded.started_at, task_run.started_at),
                finished_at = coalesce(excluded.finished_at, task_run.finished_at), error = excluded.error,
                has_output = case when excluded.has_output = 1 then 1 else task_run.has_output end,
                awaits = excluded.awaits, detail = excluded.detail""";

    static final String SAVE_TASK =
            TASK_ROW + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + TASK_AGAIN;

    static final String SAVE_TASKS =
            TASK_ROW
                    + """
                      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::integer[], ?::integer[], ?::text[],
                          ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[])"""
                    + TASK_AGAIN;

    static final String SAVE_OUTPUT =
            """
            insert into task_output (run, task, json) values (?, ?, ?)
            on conflict (run, task) do update set json = excluded.json""";

    static final String SAVE_OUTPUTS =
            """
            insert into task_output (run, task, json) select * from unnest(?::bigint[], ?::text[], ?::text[])
            on conflict (run, task) do update set json = excluded.json""";

    static final String INSERT_TRANSITION =
            """
            insert into transition (run, seq, task, state, attempt, reason, error, due_at, at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    static final String INSERT_TRANSITIONS =
            """
            insert into transition (run, seq, task, state, attempt, reason, error, due_at, at)
            select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[],
                ?::bigint[], ?::bigint[])""";

    /// With its time: where the run went to another node meanwhile, that one has a transition of
    /// the same number.
    static final String HAS_TRANSITION =
            "select 1 from transition where run = ? and seq = ? and at = ?";

    static final String HAS_FIRE = "select 1 from fire where id = ?";

    static final String DELETE_TRIED_OUT = "delete from task_output where run = ?";

    static final String HAS_REVISION = "select 1 from revision where id = ?";

    private JournalSql() {}
}
