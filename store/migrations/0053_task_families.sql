-- To which family a task belongs: the instance that nobody called, with all that was called along with it. Whoever has a task sees
-- its whole family, which is found from the task at once.
alter table user_tasks add column root_instance_id text;
update user_tasks set root_instance_id = coalesce(
  (select of.root_instance_id from process_instances of where of.instance_id = user_tasks.instance_id), instance_id);
alter table user_tasks alter column root_instance_id set not null;

create index user_tasks_by_root on user_tasks (root_instance_id);
