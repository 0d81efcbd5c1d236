-- What is of a customer is written sealed under the customer's key, and dies with it: docs/decisions/0016-the-store-is-sealed-at-rest.md.

-- In place of `data`, where the instance has a key of its own.
alter table journal add column sealed bytea;

-- The mark finds a sealed value again: a keyed hash of name and value.
alter table variables
  add column sealed bytea,
  add column mark   text;

alter table incidents
  alter column message drop not null,
  add column sealed bytea;

alter table subscriptions
  alter column key drop not null,
  add column sealed bytea;

alter table effects
  add column key_id text not null default 'system',
  add column sealed bytea;

create index effects_by_key on effects (key_id) where key_id <> 'system';

-- Sealed together with its salt: once the key is gone, nobody can try out what it was.
alter table audit_personal
  alter column salt drop not null,
  add column key_id text,
  add column sealed bytea;

create index audit_personal_by_key on audit_personal (key_id) where key_id is not null;

drop view audit_acts;

create view audit_acts as
  select audit.*, reason, data, key_id, sealed,
    personal is not null and salt is null and sealed is null as is_erased
  from audit left join audit_personal using (number);
