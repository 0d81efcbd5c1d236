-- What happened, as live events and webhooks tell it: written with what it tells of, and kept for some days. It holds ids alone.
create table events (
  id          bigint generated always as identity primary key,
  -- Its place in the order of commits. Whoever listens gives it: who writes waits for nobody.
  number      bigint,
  type        text not null,
  at          timestamptz(3) not null,
  instance_id text,
  process_id  text,
  element_id  text,
  -- Id of the task or incident, or number of the entry of the audit.
  subject     text,
  written_at  timestamptz(3) not null default clock_timestamp()
);
create unique index events_numbered on events (number) where number is not null;
create index events_unnumbered on events (id) where number is null;

create table event_log (
  is_one boolean primary key default true check (is_one),
  -- The last number that was given, and the last of those that were forgotten.
  last   bigint not null default 0,
  gone   bigint not null default 0
);
insert into event_log default values;
