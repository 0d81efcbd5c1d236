-- Numbers by which Camunda's API knows things whose ids here are texts: one each, from when it was first shown.
create table public_keys (
  key  bigint generated always as identity (start with 2251799813685249) primary key,
  kind text not null,
  id   text not null,
  unique (kind, id)
);
