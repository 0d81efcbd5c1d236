-- The journal, what identifies each instance, and the projections that people read.

-- Identity columns and last_sequence belong to the journal; state, started_at and ended_at are projected.
create table process_instances (
  instance_id         text primary key,
  process_id          text not null,
  definition_version  integer not null,
  definition_hash     text not null,
  caller_instance_id  text,
  root_instance_id    text not null,
  customer_key_id     text not null,
  business_key        text,
  last_sequence       bigint not null default 0,
  state               text not null default 'CREATED'
    check (state in ('CREATED', 'ACTIVE', 'SUSPENDED', 'COMPLETED', 'CANCELLED', 'FAILED')),
  started_at          timestamptz(3),
  ended_at            timestamptz(3)
) with (fillfactor = 80);

-- Searches order a missing instant as infinity, so that a cursor finds its place in the index.
create index process_instances_by_start
  on process_instances (coalesce(started_at, 'infinity'), instance_id);
create index process_instances_by_process
  on process_instances (process_id, state, coalesce(started_at, 'infinity'), instance_id);
create index process_instances_by_state
  on process_instances (state, coalesce(started_at, 'infinity'), instance_id);
create index process_instances_by_caller on process_instances (caller_instance_id)
  where caller_instance_id is not null;
create index process_instances_by_root on process_instances (root_instance_id);
create index process_instances_by_customer on process_instances (customer_key_id, coalesce(started_at, 'infinity'));
create index process_instances_by_business_key on process_instances (business_key, process_id)
  where business_key is not null;

create table journal (
  instance_id         text not null,
  sequence            bigint not null check (sequence > 0),
  at                  timestamptz(3) not null,
  kind                text not null,
  element_id          text,
  element_instance_id text,
  scope_id            text,
  cause               bigint,
  actor               text,
  rule                text,
  data                jsonb,
  primary key (instance_id, sequence)
);

create index journal_by_element on journal (instance_id, element_id, sequence)
  where element_id is not null;

create table element_instances (
  instance_id         text not null,
  element_instance_id text not null,
  element_id          text not null,
  process_id          text not null,
  kind                text,
  name                text,
  scope_id            text,
  state               text not null check (state in ('ACTIVE', 'COMPLETED', 'CANCELLED')),
  entered_at          timestamptz(3) not null,
  ended_at            timestamptz(3),
  entered_sequence    bigint not null,
  primary key (instance_id, element_instance_id)
) with (fillfactor = 80);

create index element_instances_by_order on element_instances (instance_id, entered_sequence);
create index element_instances_active on element_instances (process_id, element_id)
  where state = 'ACTIVE';

create table user_tasks (
  instance_id        text not null,
  task_id            text not null,
  element_id         text not null,
  process_id         text not null,
  customer_key_id    text not null,
  business_key       text,
  name               text,
  assignee           text,
  candidate_groups   text[] not null,
  candidate_users    text[] not null,
  due_at             timestamptz(3),
  follow_up_at       timestamptz(3),
  priority           integer not null,
  form_id            text,
  state              text not null check (state in ('CREATED', 'COMPLETED', 'CANCELLED')),
  opened_at          timestamptz(3) not null,
  ended_at           timestamptz(3),
  action             text,
  completed_by       text,
  revision           bigint not null,
  primary key (instance_id, task_id)
) with (fillfactor = 80);

-- One index for each order of the inbox; "unassigned" and "mine" begin with the assignee.
create index user_tasks_by_opened on user_tasks (state, opened_at, instance_id, task_id);
create index user_tasks_by_due
  on user_tasks (state, coalesce(due_at, 'infinity'), instance_id, task_id);
create index user_tasks_by_priority on user_tasks (state, priority, instance_id, task_id);
create index user_tasks_by_follow_up
  on user_tasks (state, coalesce(follow_up_at, 'infinity'), instance_id, task_id);
create index user_tasks_by_assignee
  on user_tasks (assignee, state, coalesce(due_at, 'infinity'), instance_id, task_id);
create index user_tasks_by_process on user_tasks (process_id, state, opened_at);
create index user_tasks_by_customer on user_tasks (customer_key_id, state);
create index user_tasks_by_group on user_tasks using gin (candidate_groups) where state = 'CREATED';
create index user_tasks_by_user on user_tasks using gin (candidate_users) where state = 'CREATED';

create table incidents (
  instance_id         text not null,
  incident_id         text not null,
  process_id          text not null,
  element_id          text,
  element_instance_id text,
  code                text not null,
  class               text,
  message             text not null,
  state               text not null check (state in ('ACTIVE', 'RESOLVED', 'CLOSED')),
  opened_at           timestamptz(3) not null,
  ended_at            timestamptz(3),
  resolved_by         text,
  primary key (instance_id, incident_id)
);

create index incidents_active on incidents (instance_id) where state = 'ACTIVE';
create index incidents_by_opened on incidents (state, opened_at, instance_id, incident_id);
create index incidents_by_process on incidents (process_id, state, opened_at);
create index incidents_by_code on incidents (code, state, opened_at);

-- A missing value is the value null.
create table variables (
  instance_id text not null,
  scope_id    text not null,
  name        text not null,
  process_id  text not null,
  value       jsonb,
  written_at  timestamptz(3) not null,
  revision    bigint not null,
  primary key (instance_id, scope_id, name)
) with (fillfactor = 80);

create index variables_by_name on variables (name, instance_id);

create table called_instances (
  instance_id         text not null,
  child_id            text not null,
  process_id          text not null,
  element_id          text,
  element_instance_id text,
  state               text not null check (state in ('ACTIVE', 'ENDED')),
  outcome             text,
  started_at          timestamptz(3) not null,
  ended_at            timestamptz(3),
  primary key (instance_id, child_id)
);
