-- What processes have set up for customers. It holds no name, address or tax id: marks are keyed hashes.

create table customer_marks (
  customer_id text not null,
  kind        text not null check (kind in ('order', 'tax-id', 'mail-domain')),
  mark        text not null,
  noted_at    timestamptz(3) not null default now(),
  primary key (kind, mark, customer_id)
);

create table plans (
  plan_id    text primary key,
  name       text not null,
  most_seats integer not null check (most_seats > 0)
);

insert into plans (plan_id, name, most_seats) values
  ('starter', 'Starter', 5),
  ('team', 'Team', 50),
  ('business', 'Business', 500),
  ('enterprise', 'Enterprise', 100000);

-- An attempt is one run of the process that sets things up; it is undone as a whole.
create table resources (
  resource_id text primary key,
  kind        text not null check (kind in
    ('contract', 'tenant', 'billing-account', 'licence', 'entitlement', 'access')),
  customer_id text not null,
  attempt     text not null,
  state       text not null check (state in ('active', 'superseded', 'ended')),
  detail      jsonb not null,
  effect_key  text not null,
  created_at  timestamptz(3) not null default now(),
  ended_at    timestamptz(3),
  check ((ended_at is null) = (state = 'active'))
);

create index resources_attempt on resources (attempt, kind);
create index resources_customer on resources (customer_id, kind) where state = 'active';

-- What was undone stays undone: a create that comes late is refused.
create table barred_attempts (
  attempt   text not null,
  kind      text not null,
  barred_at timestamptz(3) not null default now(),
  primary key (attempt, kind)
);

create table access_links (
  token_hash  text primary key,
  customer_id text not null,
  contact_id  text not null,
  attempt     text not null,
  state       text not null check (state in ('live', 'dead', 'used')),
  expires_at  timestamptz(3) not null,
  created_at  timestamptz(3) not null default now(),
  settled_at  timestamptz(3)
);

create index access_links_contact on access_links (contact_id) where state = 'live';
