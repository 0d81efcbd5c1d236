-- Keys by which programs tell a repetition of a request from another request: whose, and a keyed hash of what was asked.
create table request_keys (
  user_id text not null,
  key     text not null,
  digest  text not null,
  at      timestamptz(3) not null default now(),
  primary key (user_id, key)
);
create index request_keys_at on request_keys (at);
