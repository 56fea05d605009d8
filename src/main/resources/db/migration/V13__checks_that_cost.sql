-- PostgreSQL reads the text of each check again for each statement that touches its table, and makes a program of it, which
-- took a third of its time in short runs. The journal alone writes these tables, from types that can't hold anything else.
${postgresqlOnly}alter table run drop constraint if exists run_check, drop constraint if exists run_state_check, drop constraint if exists run_task_count_check, drop constraint if exists run_limited_check;
${postgresqlOnly}alter table task_run drop constraint if exists task_run_state_check, drop constraint if exists task_run_attempt_check, drop constraint if exists task_run_lost_check, drop constraint if exists task_run_has_output_check;
${postgresqlOnly}alter table transition drop constraint if exists transition_state_check, drop constraint if exists transition_seq_check;
