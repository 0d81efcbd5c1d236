-- An instance on which no decision can be taken tells so by itself: its incident is not of its journal.

alter table process_instances
  add column parked_as text,
  add column parked_fence bigint not null default 0;

alter table incidents
  add column of_journal boolean not null default true;
