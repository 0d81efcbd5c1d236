-- What became of effects by the outside system that they went to, and the instance whose job made them.

alter table effects
  add column connector   text,
  add column instance_id text,
  -- The last attempt that failed, also of an effect that was made later.
  add column failed_at   timestamptz(3),
  add column failed_code text;

-- Of what was made before, mails are known by their kind; where the others went nobody kept.
update effects set connector = 'mail' where kind = 'mail';

create index effects_by_connector on effects (connector, updated_at) where connector is not null;
create index effects_failed on effects (connector, failed_at) where failed_at is not null;
create index effects_of_instance on effects (instance_id) where instance_id is not null;
