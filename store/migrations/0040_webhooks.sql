-- Webhooks out, what is on its way by them, and webhooks in. Addresses and secrets are sealed under the deployment's own key.
create table webhooks (
  webhook_id text primary key,
  name       text not null,
  types      text[] not null,
  process_id text,
  is_active  boolean not null default true,
  -- `{url, secrets: [{secret, until}]}`.
  sealed     bytea not null,
  -- Number of the last event that was looked at for it.
  event_at   bigint not null,
  created_at timestamptz(3) not null
);

create table webhook_deliveries (
  delivery_id   text primary key,
  webhook_id    text not null references webhooks on delete cascade,
  event_number  bigint not null,
  type          text not null,
  -- The text that is signed and sent: keys, and nothing personal.
  body          text not null,
  state         text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'DEAD')),
  attempts      integer not null default 0,
  next_at       timestamptz(3),
  -- Until then a process has it in its hands; one that dies lets go of it then.
  held_until    timestamptz(3),
  -- Of who holds it: who comes late changes nothing.
  lease         text,
  last          text,
  created_at    timestamptz(3) not null,
  ended_at      timestamptz(3),
  unique (webhook_id, event_number)
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, next_at) where state = 'WAITING';
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, event_number);
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where ended_at is not null;

create table hooks (
  hook_id         text primary key,
  name            text not null,
  message_name    text not null,
  correlation_key text not null,
  variables       text,
  time_to_live_ms bigint not null,
  is_active       boolean not null default true,
  -- `{secrets: [{secret, until}]}`.
  sealed          bytea not null,
  created_at      timestamptz(3) not null
);

-- What was taken: the same id again is no second message.
create table hook_receipts (
  hook_id    text not null references hooks on delete cascade,
  webhook_id text not null,
  taken_at   timestamptz(3) not null,
  primary key (hook_id, webhook_id)
);
create index hook_receipts_at on hook_receipts (taken_at);
