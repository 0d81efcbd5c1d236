-- Who delegated a task, and the version that people see of it.
alter table user_tasks add column owner text;
alter table user_tasks add column version integer not null default 1;
create index user_tasks_owner on user_tasks (owner) where owner is not null;
