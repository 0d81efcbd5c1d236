-- What the processes of the onboarding keep of a customer, and which attempt of a sign-up wrote it into the record.

-- One row an attempt: what it added, so that an undo takes back that and nothing else. A withdrawn attempt stays
-- withdrawn: a recording that comes late is refused.
create table customer_recordings (
  attempt         text primary key,
  state           text not null check (state in ('planned', 'recorded', 'withdrawn')),
  customer_id     text,
  -- 'added', 'returned' from gone, or 'kept' as it was
  how             text check (how in ('added', 'returned', 'kept')),
  subscription_id text,
  contact_ids     jsonb not null default '[]',
  noted_at        timestamptz(3) not null default clock_timestamp()
);

create table meetings (
  meeting_id     text not null,
  customer_id    text not null references customers,
  sequence       bigint not null check (sequence >= 0),
  kind           text not null,
  starts_at      timestamptz(3),
  ends_at        timestamptz(3),
  tz             text not null,
  state          text not null check (state in
    ('proposed', 'booked', 'held', 'no-show', 'postponed', 'cancelled')),
  sealed_contact bytea not null,
  sealed_text    bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (meeting_id)
);
create index meetings_customer on meetings (customer_id);

create table training_certificates (
  certificate_id  text not null,
  customer_id     text not null references customers,
  contact_id      text not null,
  program_id      text not null,
  issued_at       timestamptz(3) not null,
  expires_at      text not null check (expires_at ~ '^\d{4}-\d\d-\d\d$'),
  state           text not null check (state in ('valid', 'revoked')),
  verification_id text not null unique,
  sealed_contact  bytea not null,
  created_at      timestamptz(3) not null default clock_timestamp(),
  updated_at      timestamptz(3) not null default clock_timestamp(),
  version         integer not null default 1 check (version > 0),
  primary key (certificate_id)
);
create index training_certificates_customer on training_certificates (customer_id);
create index training_certificates_contact on training_certificates (contact_id);

create table usage_events (
  source      text not null,
  event_id    text not null,
  customer_id text not null references customers,
  contact_id  text,
  name        text not null,
  at          timestamptz(3) not null,
  count       bigint not null check (count > 0),
  props       jsonb not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  updated_at  timestamptz(3) not null default clock_timestamp(),
  version     integer not null default 1 check (version > 0),
  primary key (source, event_id)
);
create index usage_events_customer on usage_events (customer_id, at);

create table goals (
  goal_id      text not null,
  customer_id  text not null references customers,
  metric       text not null,
  unit         text not null,
  baseline     bigint not null,
  target       bigint not null,
  due_date     text not null check (due_date ~ '^\d{4}-\d\d-\d\d$'),
  owner_id     text,
  is_confirmed boolean not null,
  state        text not null check (state in ('open', 'reached', 'missed', 'stopped')),
  reached_by   text check (reached_by in ('event', 'confirmation')),
  settled_at   timestamptz(3),
  evidence_id  text,
  created_at   timestamptz(3) not null default clock_timestamp(),
  updated_at   timestamptz(3) not null default clock_timestamp(),
  version      integer not null default 1 check (version > 0),
  primary key (goal_id)
);
create index goals_customer on goals (customer_id);
