-- Further keys under which data of a customer was written: instances that ran before anybody knew whose they were.
create table customer_keys (
  key_id      text primary key,
  customer_id text not null references customers,
  linked_at   timestamptz(3) not null default clock_timestamp()
);
create index customer_keys_customer on customer_keys (customer_id);
