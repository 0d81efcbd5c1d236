-- The customer record. What is personal stands sealed in one column a class: sealed_contact (C), sealed_text (T),
-- sealed_finance (F); every other column is an id, a state, a count or an instant. The declarations of
-- store/customers/entities name the fields; a test holds them and these tables equal.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;

create table customers (
  customer_id    text not null,
  key_id         text not null unique,
  country        text not null check (country ~ '^[A-Z]{2}$'),
  tz             text not null,
  locale         text not null,
  stage          text,
  touch          text check (touch in ('high', 'mid', 'low', 'tech')),
  maturity       bigint check (maturity between 0 and 100),
  is_strategic   boolean not null,
  health_score   bigint check (health_score between 0 and 100),
  since          text not null check (since ~ '^\d{4}-\d\d-\d\d$'),
  state          text not null check (state in ('active', 'offboarding', 'gone')),
  sealed_contact bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (customer_id)
);

create index customers_by_time on customers (created_at, customer_id);

create table contacts (
  contact_id     text not null,
  customer_id    text not null references customers,
  role           text not null check (role in ('sponsor', 'admin', 'user', 'billing')),
  state          text not null check (state in ('active', 'bounced', 'left')),
  is_primary     boolean not null,
  order_in_chain bigint not null,
  sealed_contact bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (contact_id)
);
create index contacts_customer on contacts (customer_id);

create table customer_subscriptions (
  subscription_id text not null,
  customer_id     text not null references customers,
  plan_id         text not null references plans,
  seats           bigint,
  period          text not null check (period in ('week', 'month', 'quarter', 'year')),
  starts_at       text not null check (starts_at ~ '^\d{4}-\d\d-\d\d$'),
  ends_at         text check (ends_at ~ '^\d{4}-\d\d-\d\d$'),
  state           text not null check (state in ('active', 'cancelled', 'ended')),
  sealed_finance  bytea not null,
  created_at      timestamptz(3) not null default clock_timestamp(),
  updated_at      timestamptz(3) not null default clock_timestamp(),
  version         integer not null default 1 check (version > 0),
  primary key (subscription_id)
);
create index customer_subscriptions_customer on customer_subscriptions (customer_id);

create table invoices (
  invoice_id     text not null,
  revision       bigint not null check (revision > 0),
  customer_id    text not null references customers,
  issued_at      timestamptz(3) not null,
  due_date       text not null check (due_date ~ '^\d{4}-\d\d-\d\d$'),
  state          text not null check (state in
    ('open', 'partly-paid', 'paid', 'disputed', 'credited', 'written-off')),
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (invoice_id, revision)
);
create index invoices_customer on invoices (customer_id);
create trigger invoices_append_only before update or delete or truncate on invoices
  for each statement execute function refuse_change();

create table payments (
  payment_id     text not null,
  revision       bigint not null check (revision > 0),
  customer_id    text not null references customers,
  received_at    timestamptz(3) not null,
  state          text not null check (state in ('received', 'reversed')),
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (payment_id, revision)
);
create index payments_customer on payments (customer_id);
create trigger payments_append_only before update or delete or truncate on payments
  for each statement execute function refuse_change();

create table payment_allocations (
  allocation_id  text not null,
  customer_id    text not null references customers,
  payment_id     text not null,
  invoice_id     text not null,
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (allocation_id)
);
create index payment_allocations_customer on payment_allocations (customer_id);
create trigger payment_allocations_append_only before update or delete or truncate on payment_allocations
  for each statement execute function refuse_change();

create table access_grants (
  grant_id       text not null,
  customer_id    text not null references customers,
  contact_id     text,
  system         text not null,
  kind           text not null,
  holder         text not null check (holder in ('contact', 'staff')),
  secret_hash    text,
  method         text,
  evidence_id    text,
  granted_at     timestamptz(3) not null,
  revoked_at     timestamptz(3),
  verified_at    timestamptz(3),
  sealed_contact bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (grant_id)
);
create index access_grants_customer on access_grants (customer_id);

create table enrolments (
  contact_id     text not null,
  course_id      text not null,
  run_id         text not null,
  customer_id    text not null references customers,
  state          text not null check (state in ('enrolled', 'started', 'passed', 'failed', 'dropped')),
  deadline       text check (deadline ~ '^\d{4}-\d\d-\d\d$'),
  sealed_contact bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (contact_id, course_id, run_id)
);
create index enrolments_customer on enrolments (customer_id);

create table tickets (
  ticket_id     text not null,
  customer_id   text not null references customers,
  contact_id    text not null,
  type          text not null check (type in ('question', 'incident', 'problem', 'request')),
  component     text,
  priority      text not null check (priority in ('P1', 'P2', 'P3', 'P4')),
  status        text not null check (status in ('new', 'open', 'pending', 'on-hold', 'solved', 'closed')),
  assignee_id   text,
  channel       text not null check (channel in ('mail', 'web', 'chat', 'phone', 'api')),
  gate_decision text,
  incident_id   text,
  merged_into   text,
  follow_up_of  text,
  created_at    timestamptz(3) not null default clock_timestamp(),
  updated_at    timestamptz(3) not null default clock_timestamp(),
  version       integer not null default 1 check (version > 0),
  primary key (ticket_id)
);
create index tickets_customer on tickets (customer_id);

create table ticket_messages (
  message_id  text not null,
  customer_id text not null references customers,
  ticket_id   text not null,
  direction   text not null check (direction in ('in', 'out')),
  visibility  text not null check (visibility in ('public', 'internal')),
  is_auto     boolean not null,
  at          timestamptz(3) not null,
  sealed_text bytea not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  updated_at  timestamptz(3) not null default clock_timestamp(),
  version     integer not null default 1 check (version > 0),
  primary key (message_id)
);
create index ticket_messages_customer on ticket_messages (customer_id);

create table ticket_events (
  ticket_id   text not null,
  seq         bigint not null check (seq > 0),
  customer_id text not null references customers,
  type        text not null,
  "from"      text,
  "to"        text,
  by          text,
  at          timestamptz(3) not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  primary key (ticket_id, seq)
);
create index ticket_events_customer on ticket_events (customer_id);
create trigger ticket_events_append_only before update or delete or truncate on ticket_events
  for each statement execute function refuse_change();

create table exports (
  export_id       text not null,
  customer_id     text not null references customers,
  request_id      text not null,
  cut_off         timestamptz(3) not null,
  manifest_sha256 text,
  bytes           bigint,
  rows            bigint,
  state           text not null check (state in
    ('pending', 'approved', 'denied', 'duplicate', 'in-progress', 'needs-a-person', 'delivered', 'confirmed', 'expired')),
  link_expires_at timestamptz(3),
  sealed_contact  bytea not null,
  created_at      timestamptz(3) not null default clock_timestamp(),
  updated_at      timestamptz(3) not null default clock_timestamp(),
  version         integer not null default 1 check (version > 0),
  primary key (export_id)
);
create index exports_customer on exports (customer_id);

create table deletion_certificates (
  certificate_id    text not null,
  customer_id       text not null references customers,
  subject_pseudonym text not null,
  basis             text not null,
  scope             jsonb not null,
  systems           jsonb not null,
  method            text not null,
  tool_version      text not null,
  counts_before     jsonb not null,
  counts_after      jsonb not null,
  verification      jsonb not null,
  exceptions        jsonb not null,
  backup_horizon    text not null check (backup_horizon ~ '^\d{4}-\d\d-\d\d$'),
  executor          text not null,
  verifier          text not null,
  approvers         jsonb not null,
  started_at        timestamptz(3) not null,
  ended_at          timestamptz(3) not null,
  previous_hash     text,
  signature         text not null,
  created_at        timestamptz(3) not null default clock_timestamp(),
  primary key (certificate_id)
);
create index deletion_certificates_customer on deletion_certificates (customer_id);
create trigger deletion_certificates_append_only before update or delete or truncate on deletion_certificates
  for each statement execute function refuse_change();

create table legal_holds (
  hold_id     text not null,
  customer_id text not null references customers,
  placed_by   text not null,
  placed_at   timestamptz(3) not null,
  released_by text,
  released_at timestamptz(3),
  sealed_text bytea not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  updated_at  timestamptz(3) not null default clock_timestamp(),
  version     integer not null default 1 check (version > 0),
  primary key (hold_id)
);
create index legal_holds_customer on legal_holds (customer_id);

-- Ids of keys that are made, or about to be, and belong to no customer yet: what a crash leaves here is used by the next.
create table reserved_keys (
  key_id      text primary key,
  reserved_at timestamptz(3) not null default now()
);

-- What each import of a file has come to so far; it is counted in the transaction that takes its lines.
create table customer_imports (
  import_id text primary key,
  file_hash text not null,
  actor     text not null,
  taken     integer not null default 0,
  unchanged integer not null default 0,
  known     integer not null default 0,
  rejected  integer not null default 0,
  begun_at  timestamptz(3) not null default clock_timestamp(),
  seen_at   timestamptz(3) not null default clock_timestamp(),
  ended_at  timestamptz(3)
);
create index customer_imports_open on customer_imports (seen_at) where ended_at is null;

-- Two more kinds of marks: the tax id within its country, which one customer alone has, and the address of a contact.
alter table customer_marks drop constraint customer_marks_kind_check;
alter table customer_marks add constraint customer_marks_kind_check
  check (kind in ('order', 'tax-id', 'mail-domain', 'national-tax-id', 'mail'));
create unique index customer_marks_national_tax_id on customer_marks (mark) where kind = 'national-tax-id';
create index customer_marks_customer on customer_marks (customer_id);
