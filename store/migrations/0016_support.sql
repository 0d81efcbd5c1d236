-- Support: what became of each promise on a ticket, and what tickets are looked up by.

alter table tickets add column outcome text check (outcome in ('closed', 'deflected', 'merged', 'spam'));
create index tickets_assignee on tickets (assignee_id) where status <> 'closed';
create index ticket_messages_ticket on ticket_messages (ticket_id);

create table ticket_sla_rows (
  ticket_id    text not null,
  metric       text not null,
  number       bigint not null check (number > 0),
  revision     bigint not null check (revision > 0),
  customer_id  text not null references customers,
  policy       text not null,
  target_ms    bigint not null check (target_ms >= 0),
  basis        text not null check (basis in ('business', 'calendar')),
  state        text not null check (state in ('running', 'paused', 'met', 'breached', 'withdrawn', 'unreachable')),
  started_at   timestamptz(3) not null,
  due_at       timestamptz(3),
  fulfilled_at timestamptz(3),
  breached_at  timestamptz(3),
  elapsed_ms   bigint not null,
  paused_ms    bigint not null,
  at           timestamptz(3) not null,
  why          jsonb not null,
  created_at   timestamptz(3) not null default clock_timestamp(),
  primary key (ticket_id, metric, number, revision)
);
create index ticket_sla_rows_customer on ticket_sla_rows (customer_id);
create trigger ticket_sla_rows_append_only before update or delete or truncate on ticket_sla_rows
  for each statement execute function refuse_change();
