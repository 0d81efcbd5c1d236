-- Acts by people, and refusals. Rows are added and never changed.

create table audit (
  number     bigint generated always as identity primary key,
  at         timestamptz(3) not null,
  actor      text,
  action     text not null,
  object     text not null,
  outcome    text not null check (outcome in ('done', 'refused', 'failed')),
  code       text,
  request_id text,
  reason     text,
  data       jsonb
);

create index audit_by_time on audit (at, number);
create index audit_by_actor on audit (actor, at);
create index audit_by_object on audit (object, at);
create index audit_by_action on audit (action, at);
create index audit_by_request on audit (request_id) where request_id is not null;

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit is append-only';
end
$$;

create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_refuse_change();
