-- Accesses are taken away and given back: what is revoked can be restored, what is ended cannot.

alter table resources drop constraint resources_state_check;
alter table resources add constraint resources_state_check
  check (state in ('active', 'superseded', 'ended', 'revoked'));

-- While a customer, or one contact of it, is frozen, nothing new is granted. An empty contact means all of them.
create table access_freezes (
  customer_id text not null,
  contact_id  text not null,
  effect_key  text not null,
  frozen_at   timestamptz(3) not null default clock_timestamp(),
  primary key (customer_id, contact_id)
);

create table access_evidence (
  evidence_id text not null,
  customer_id text not null references customers,
  grant_id    text,
  system      text not null,
  step        text not null check (step in
    ('discovered', 'revoked', 'verified', 'checked', 'excepted', 'restored')),
  result      text not null,
  done_by     text,
  at          timestamptz(3) not null,
  hash        text not null check (hash ~ '^[0-9a-f]{64}$'),
  sealed_text bytea not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  primary key (evidence_id)
);
create index access_evidence_customer on access_evidence (customer_id);
create trigger access_evidence_append_only before update or delete or truncate on access_evidence
  for each statement execute function refuse_change();
