-- An instance whose start was refused says so; a key remembers what was asked for under it.

alter table process_instances drop constraint process_instances_state_check;
alter table process_instances add constraint process_instances_state_check
  check (state in ('CREATED', 'REFUSED', 'ACTIVE', 'SUSPENDED', 'COMPLETED', 'CANCELLED', 'FAILED'));

update process_instances set state = 'REFUSED', ended_at = journal.at
  from journal
  where process_instances.state = 'CREATED' and journal.instance_id = process_instances.instance_id
    and journal.sequence = 1 and journal.kind = 'requestRefused';

alter table starts add column digest text;
