-- What instances wait for, so that nobody has to ask them.

create table timers (
  instance_id         text not null,
  timer_id            text not null,
  process_id          text not null,
  element_id          text,
  element_instance_id text,
  due_at              timestamptz(3) not null,
  state               text not null check (state in ('ARMED', 'FIRED', 'CANCELLED')),
  armed_at            timestamptz(3) not null,
  ended_at            timestamptz(3),
  primary key (instance_id, timer_id)
) with (fillfactor = 80);

-- A message that is taken does not close what goes on waiting for the next.
create table subscriptions (
  instance_id         text not null,
  subscription_id     text not null,
  process_id          text not null,
  element_id          text,
  element_instance_id text,
  kind                text not null check (kind in ('message', 'signal')),
  name                text not null,
  key                 text not null,
  opened_at           timestamptz(3) not null,
  taken_at            timestamptz(3),
  closed_at           timestamptz(3),
  primary key (instance_id, subscription_id)
) with (fillfactor = 80);

insert into timers
  select armed.instance_id, armed.data ->> 'timerId', instance.process_id, armed.element_id,
    armed.element_instance_id, (armed.data ->> 'dueAt')::timestamptz, 'ARMED', armed.at, null
  from journal armed join process_instances instance using (instance_id)
  where armed.kind = 'timerArmed' and instance.ended_at is null
    and not exists (select 1 from journal ended where ended.instance_id = armed.instance_id
      and ended.sequence > armed.sequence and ended.kind in ('timerFired', 'timerCancelled')
      and ended.data ->> 'timerId' = armed.data ->> 'timerId')
  on conflict do nothing;

insert into subscriptions
  select opened.instance_id, opened.data ->> 'subscriptionId', instance.process_id, opened.element_id,
    opened.element_instance_id, opened.data ->> 'of', opened.data ->> 'name',
    coalesce(opened.data ->> 'key', ''), opened.at,
    (select max(taken.at) from journal taken where taken.instance_id = opened.instance_id
      and taken.sequence > opened.sequence and taken.kind in ('messageReceived', 'signalReceived')
      and taken.data ->> 'subscriptionId' = opened.data ->> 'subscriptionId'), null
  from journal opened join process_instances instance using (instance_id)
  where opened.kind = 'subscriptionOpened' and instance.ended_at is null
    and not exists (select 1 from journal closed where closed.instance_id = opened.instance_id
      and closed.sequence > opened.sequence and closed.kind = 'subscriptionClosed'
      and closed.data ->> 'subscriptionId' = opened.data ->> 'subscriptionId')
  on conflict do nothing;
