-- Acts upon many instances at once: who is meant is settled when it begins, and each has a row that tells what became of it.
create table batch_operations (
  batch_id   text primary key,
  -- The request that asked for it: the same again begins no other.
  request_id text not null unique,
  type       text not null,
  -- What is done to each: versions and ids of elements, nothing of anybody.
  plan       jsonb not null,
  state      text not null,
  actor      text,
  begun_at   timestamptz(3) not null,
  ended_at   timestamptz(3),
  total      bigint not null,
  completed  bigint not null default 0,
  failed     bigint not null default 0
);
create index batch_operations_begun on batch_operations (begun_at desc, batch_id desc);
create index batch_operations_open on batch_operations (batch_id) where ended_at is null;

create table batch_operation_items (
  batch_id    text not null references batch_operations on delete cascade,
  -- The instance, or <instance>/<incident>.
  item_id     text not null,
  instance_id text not null,
  state       text not null,
  attempts    integer not null default 0,
  processed_at timestamptz(3),
  -- Why it failed; what the engine said of an instance that belongs to a customer is sealed.
  code        text,
  message     text,
  sealed      bytea,
  primary key (batch_id, item_id)
);
create index batch_operation_items_next on batch_operation_items (batch_id, attempts, item_id) where state = 'ACTIVE';
create index batch_operation_items_state on batch_operation_items (batch_id, state, item_id);
create index batch_operation_items_instance on batch_operation_items (instance_id, batch_id);
