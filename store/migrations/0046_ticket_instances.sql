-- What opened a ticket, so that reports find the clocks of a process; and the clocks by when they began.

alter table tickets add column instance_id text;
-- The first that had it: a reply to a ticket, which comes later, has its id as well.
update tickets set instance_id = (
  select min(instance_id) from variables
  where name = 'ticketId' and process_id = 'support-ticket' and sealed is null
    and value #>> '{}' = ticket_id);
create index tickets_instance on tickets (instance_id) where instance_id is not null;

create index ticket_sla_rows_started on ticket_sla_rows (metric, started_at);
