-- Collections: cases, promises, disputes, write-offs, credit notes; see 0013 on what is sealed.

create table collection_cases (
  case_id        text not null,
  customer_id    text not null references customers,
  currency       text not null,
  instance_id    text not null,
  is_ex_customer boolean not null,
  stage          bigint not null check (stage between 0 and 6),
  mails          bigint not null,
  calls          bigint not null,
  opened_at      timestamptz(3) not null,
  next_act_at    timestamptz(3),
  closed_at      timestamptz(3),
  state          text not null check (state in
    ('open', 'paid', 'settled', 'written-off', 'handed-over', 'stopped')),
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (case_id)
);
create index collection_cases_customer on collection_cases (customer_id);

create table promises (
  promise_id     text not null,
  customer_id    text not null references customers,
  case_id        text not null,
  date           text not null check (date ~ '^\d{4}-\d\d-\d\d$'),
  made_at        timestamptz(3) not null,
  state          text not null check (state in ('open', 'kept', 'partly', 'broken')),
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (promise_id)
);
create index promises_customer on promises (customer_id);

create table disputes (
  dispute_id     text not null,
  customer_id    text not null references customers,
  invoice_id     text not null,
  ticket_id      text,
  opened_at      timestamptz(3) not null,
  closed_at      timestamptz(3),
  result         text check (result in ('accepted', 'rejected')),
  sealed_text    bytea not null,
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  updated_at     timestamptz(3) not null default clock_timestamp(),
  version        integer not null default 1 check (version > 0),
  primary key (dispute_id)
);
create index disputes_customer on disputes (customer_id);
create unique index disputes_open on disputes (invoice_id) where closed_at is null;

create table write_offs (
  write_off_id   text not null,
  customer_id    text not null references customers,
  case_id        text not null,
  invoice_id     text not null,
  approvers      jsonb not null,
  has_tax_relief boolean not null,
  at             timestamptz(3) not null,
  sealed_text    bytea not null,
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (write_off_id)
);
create index write_offs_customer on write_offs (customer_id);
create trigger write_offs_append_only before update or delete or truncate on write_offs
  for each statement execute function refuse_change();

create table credit_notes (
  credit_note_id text not null,
  customer_id    text not null references customers,
  invoice_id     text not null,
  reason_code    text not null check (reason_code in ('dispute', 'settlement', 'penalty', 'correction')),
  approver_id    text,
  at             timestamptz(3) not null,
  sealed_finance bytea not null,
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (credit_note_id)
);
create index credit_notes_customer on credit_notes (customer_id);
create trigger credit_notes_append_only before update or delete or truncate on credit_notes
  for each statement execute function refuse_change();

-- What a provider calls a payment, as a keyed hash: the same payment told twice is found here.
create table payment_marks (
  mark       text primary key,
  payment_id text not null
);

-- Numbers of invoices and credit notes without gaps: counted in the transaction that uses one.
create table number_series (
  series text primary key,
  last   bigint not null
);

-- A suspension of access for a debt is a resource like others: begun under an attempt, and ended with it.
alter table resources drop constraint resources_kind_check;
alter table resources add constraint resources_kind_check check (kind in
  ('contract', 'tenant', 'billing-account', 'licence', 'entitlement', 'access', 'suspension'));
