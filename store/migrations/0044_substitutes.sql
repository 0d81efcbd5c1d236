-- Who stands in for whom while they are away: from an instant, until before another one, upon some processes or all.
create table substitutes (
  substitute_id text primary key,
  absent_id     text not null references users,
  person_id     text not null references users check (person_id <> absent_id),
  from_at       timestamptz(3) not null,
  until_at      timestamptz(3) not null check (until_at > from_at),
  -- As the dates were meant, for showing them.
  tz            text not null,
  -- Null: all processes.
  process_ids   text[],
  made_at       timestamptz(3) not null
);
create index substitutes_absent on substitutes (absent_id, until_at);
create index substitutes_person on substitutes (person_id, until_at);

-- For whom whoever has a task, or did it, stands in.
alter table user_tasks add column stands_for text;
