-- What reports count by: how long an instance took, and the instants at which instances and elements of a process came and went.

alter table process_instances add column duration_ms bigint
  generated always as ((extract(epoch from (ended_at - started_at)) * 1000)::bigint) stored;
create index process_instances_started
  on process_instances (process_id, coalesce(started_at, 'infinity'), definition_version);
create index process_instances_ended
  on process_instances (process_id, coalesce(ended_at, 'infinity'), definition_version);

create index element_instances_entered on element_instances (process_id, entered_at);
create index incidents_opened on incidents (process_id, opened_at);

-- Tasks that had a date to keep, as they are looked up by their instances.
create index user_tasks_dated on user_tasks (instance_id) include (next_breach_at, ended_at, state)
  where next_breach_at is not null;
