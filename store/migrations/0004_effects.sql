-- The ledger of effects on the outside world, and the register of idempotent starts.

create table effects (
  key          text primary key,
  kind         text not null,
  state        text not null check (state in ('planned', 'sent', 'confirmed', 'unknown')),
  request_hash text not null,
  response     jsonb,
  fence        bigint not null default 0,
  leased_until timestamptz(3),
  planned_at   timestamptz(3) not null default now(),
  updated_at   timestamptz(3) not null default now()
) with (fillfactor = 80);

create index effects_open on effects (state, updated_at) where state <> 'confirmed';

create table starts (
  process_id  text not null,
  kind        text not null check (kind in ('request', 'businessKey')),
  key         text not null,
  instance_id text not null,
  claimed_at  timestamptz(3) not null default now(),
  primary key (process_id, kind, key)
);
