-- Erasure of customers: what was asked for and done, what is kept under a key of its own, and the door of the tables
-- that only grow. Source: docs/erasure.md.

create table erasure_requests (
  request_id       text not null,
  customer_id      text not null references customers,
  basis            text not null check (basis in
    ('contract_end', 'nda', 'data_subject', 'retention_end', 'restore_replay')),
  state            text not null check (state in ('open', 'joined', 'blocked', 'cancelled', 'certified')),
  instance_id      text not null,
  joined_to        text,
  country          text not null,
  requested_by     text not null,
  blocked_by       jsonb,
  suppressed_at    timestamptz(3),
  verified_at      timestamptz(3),
  key_destroyed_at timestamptz(3),
  certificate_id   text,
  due_date         text check (due_date ~ '^\d{4}-\d\d-\d\d$'),
  due_taken        boolean not null,
  created_at       timestamptz(3) not null default clock_timestamp(),
  updated_at       timestamptz(3) not null default clock_timestamp(),
  version          integer not null default 1 check (version > 0),
  primary key (request_id)
);
create index erasure_requests_customer on erasure_requests (customer_id);
-- One run at a time a customer, whoever asks.
create unique index erasure_requests_one_open on erasure_requests (customer_id) where state = 'open';
create index erasure_requests_due on erasure_requests (due_date) where due_date is not null and not due_taken;

create table erasure_ledger (
  request_id   text not null,
  seq          bigint not null check (seq > 0),
  customer_id  text not null references customers,
  system       text not null,
  record_class text not null,
  method       text not null,
  before       bigint not null,
  after        bigint not null,
  kept         bigint not null,
  at           timestamptz(3) not null,
  created_at   timestamptz(3) not null default clock_timestamp(),
  primary key (request_id, seq)
);
create index erasure_ledger_customer on erasure_ledger (customer_id);
create trigger erasure_ledger_append_only before update or delete or truncate on erasure_ledger
  for each statement execute function refuse_change();

-- Keyed hashes of addresses that are not written to any more; `list` says why.
create table suppressions (
  hash        text not null,
  list        text not null,
  customer_id text not null references customers,
  reason      text not null,
  at          timestamptz(3) not null,
  until       timestamptz(3),
  created_at  timestamptz(3) not null default clock_timestamp(),
  updated_at  timestamptz(3) not null default clock_timestamp(),
  version     integer not null default 1 check (version > 0),
  primary key (hash, list, customer_id)
);
create index suppressions_customer on suppressions (customer_id);

-- Rows that outlive the key of their customer, and the key that they were sealed under anew.
create table kept_rows (
  table_name  text not null,
  -- The key of the row as `jsonb_build_array(…)::text`.
  row_key     text not null,
  customer_id text not null,
  request_id  text not null,
  key_id      text not null,
  because     text not null check (because in ('retention', 'hold')),
  law         text,
  until       text check (until ~ '^\d{4}-\d\d-\d\d$'),
  kept_at     timestamptz(3) not null default clock_timestamp(),
  primary key (table_name, row_key)
);
create index kept_rows_customer on kept_rows (customer_id);

-- One address a row, sealed under a key of its own, for the letter that closes an erasure.
create table kept_addresses (
  address_id  text primary key,
  customer_id text not null,
  key_id      text not null,
  sealed      bytea not null,
  kept_at     timestamptz(3) not null default clock_timestamp()
);

-- A value that was sealed under a key before it was destroyed: it must not open afterwards.
create table erasure_probes (
  request_id text not null,
  key_id     text not null,
  sealed     bytea not null,
  made_at    timestamptz(3) not null default clock_timestamp(),
  primary key (request_id, key_id)
);

alter table deletion_certificates
  add column number bigint not null,
  add column request_id text not null,
  add column keys_destroyed jsonb not null,
  add column signed_by text not null;
create unique index deletion_certificates_number on deletion_certificates (number);
create unique index deletion_certificates_request on deletion_certificates (request_id);

-- Tables of the record that only grow refuse everybody but the two functions below.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op <> 'TRUNCATE' and current_setting('jornada.erasing', true) = 'record' then return null; end if;
  raise exception '% is append-only', tg_table_name;
end
$$;

create function record_key(key_columns text[]) returns text language sql immutable as $$
  select 'jsonb_build_array(' || string_agg(format('%I', one), ', ') || ')::text' from unnest(key_columns) one
$$;

-- Deletes rows of one customer by their keys. @returns how many
create function record_erase(of_table text, of_customer text, key_columns text[], row_keys text[])
returns bigint language plpgsql as $$
declare erased bigint;
begin
  perform set_config('jornada.erasing', 'record', true);
  execute format('delete from %I where customer_id = $1 and %s = any($2)', of_table, record_key(key_columns))
    using of_customer, row_keys;
  get diagnostics erased = row_count;
  perform set_config('jornada.erasing', 'no', true);
  return erased;
end
$$;

-- Puts other bytes into one sealed column of a row: what is sealed under another key, or the mark of what is gone.
create function record_reseal(of_table text, of_customer text, key_columns text[], row_key text, of_column text, bytes bytea)
returns bigint language plpgsql as $$
declare changed bigint;
begin
  if of_column not in ('sealed_contact', 'sealed_text', 'sealed_finance') then
    raise exception '% is no sealed column', of_column;
  end if;
  perform set_config('jornada.erasing', 'record', true);
  execute format('update %I set %I = $1 where customer_id = $2 and %s = $3', of_table, of_column, record_key(key_columns))
    using bytes, of_customer, row_key;
  get diagnostics changed = row_count;
  perform set_config('jornada.erasing', 'no', true);
  return changed;
end
$$;
