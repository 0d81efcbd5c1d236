-- The audit becomes a log that shows when it was tampered with: docs/audit.md.

-- What was written before is taken into the log by the program, which knows how to hash it, when it first opens this.
drop trigger audit_append_only on audit;
alter table audit rename to audit_before_log;
alter table audit_before_log rename constraint audit_pkey to audit_before_log_pkey;
drop index audit_by_time, audit_by_actor, audit_by_object, audit_by_action, audit_by_request;

-- Who writes an entry counts it here first, and so waits for who is before: numbers have no gaps.
create table audit_log (
  is_one boolean primary key default true check (is_one),
  origin text not null,
  size   bigint not null
);

insert into audit_log (origin, size) values ('jornada/' || gen_random_uuid(), 0);

create table audit (
  number     bigint primary key check (number > 0),
  at         timestamptz(3) not null,
  actor      text,
  action     text not null,
  object     text not null,
  outcome    text not null check (outcome in ('done', 'refused', 'failed')),
  code       text,
  request_id text,
  facts      jsonb,
  -- The commitment to the personal part, in hex.
  personal   text,
  -- SHA-256 of the canonical entry, as a leaf of the tree.
  hash       bytea not null
);

create index audit_by_time on audit (at, number);
create index audit_by_actor on audit (actor, at);
create index audit_by_object on audit (object, at);
create index audit_by_action on audit (action, at);
create index audit_by_request on audit (request_id) where request_id is not null;

-- What may have to be erased: the entry holds no more of it than a salted hash.
create table audit_personal (
  number bigint primary key,
  reason text,
  data   jsonb,
  salt   bytea not null
);

create view audit_acts as
  select audit.*, reason, data, personal is not null and salt is null as is_erased
  from audit left join audit_personal using (number);

create table audit_checkpoints (
  size    bigint primary key,
  -- The checkpoint before it, 0 of the first: no two follow the same.
  follows bigint not null unique,
  note    text not null,
  -- Roots of the full subtrees, largest first, 32 bytes each: the tree grows on from them.
  peaks   bytea not null
);

create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_refuse_change();
create trigger audit_checkpoints_append_only before update or delete or truncate on audit_checkpoints
  for each statement execute function audit_refuse_change();

create function audit_refuse_unless_erasing() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('jornada.erasing', true) = 'yes' then return null; end if;
  raise exception 'personal parts of the audit are erased by audit_erase alone';
end
$$;

create trigger audit_personal_kept before update or delete or truncate on audit_personal
  for each statement execute function audit_refuse_unless_erasing();

create function audit_erase(numbers bigint[]) returns setof bigint language plpgsql as $$
begin
  perform set_config('jornada.erasing', 'yes', true);
  return query delete from audit_personal where number = any(numbers) returning number;
  perform set_config('jornada.erasing', 'no', true);
end
$$;

-- Instances whose journal has moved on since the log anchored it. Rows are added and taken away, never changed.
create table journal_moved (
  id          bigint generated always as identity primary key,
  instance_id text not null,
  has_ended   boolean not null
);

create index journal_moved_ended on journal_moved (id) where has_ended;

insert into journal_moved (instance_id, has_ended)
  select instance_id, ended_at is not null from process_instances where last_sequence > 0;

-- Up to where the log anchored each journal, and the digest there: the chain goes on from it.
create table journal_anchors (
  instance_id text primary key,
  sequence    bigint not null,
  digest      bytea not null
);
