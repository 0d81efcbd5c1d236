-- Until when a task was promised to be done, and the next of its times that can be missed: what an inbox is sorted by.
alter table user_tasks add column sla_due_at timestamptz(3);
alter table user_tasks add column next_breach_at timestamptz(3)
  generated always as (least(due_at, sla_due_at)) stored;
create index user_tasks_by_breach
  on user_tasks (state, coalesce(next_breach_at, 'infinity'), instance_id, task_id);
create index user_tasks_by_end
  on user_tasks (state, coalesce(ended_at, 'infinity'), instance_id, task_id);

-- What somebody has typed into the form of a task and not sent yet: of a customer, sealed under the key of the instance.
create table task_drafts (
  instance_id text not null,
  task_id     text not null,
  user_id     text not null references users,
  data        jsonb,
  sealed      bytea,
  -- Grows with each saving, so that a second tab is told of the first.
  version     integer not null,
  saved_at    timestamptz(3) not null,
  primary key (instance_id, task_id, user_id)
);
create index task_drafts_user on task_drafts (user_id);

-- Searches of the inbox that somebody keeps under a name.
create table inbox_views (
  view_id    text primary key,
  owner_id   text not null references users,
  name       text not null,
  is_shared  boolean not null,
  query      jsonb not null,
  version    integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index inbox_views_owner on inbox_views (owner_id, created_at);
create index inbox_views_shared on inbox_views (created_at) where is_shared;
