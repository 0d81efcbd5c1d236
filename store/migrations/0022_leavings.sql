-- Which instance ends the relation with a customer: one at a time. It holds ids alone.
create table leavings (
  customer_id text primary key,
  instance_id text not null,
  begun_at    timestamptz(3) not null default clock_timestamp()
);
