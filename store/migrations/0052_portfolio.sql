-- Who looks after which customers: people and groups, by the names under which tasks know them.

create table customer_portfolio (
  customer_id  text not null references customers on delete cascade,
  kind         text not null check (kind in ('person', 'group')),
  member       text not null,
  since        timestamptz(3) not null,
  primary key (customer_id, kind, member)
);

create index customer_portfolio_member on customer_portfolio (kind, member);

-- What somebody sees is found from them, not by walking all tasks and instances.
create index user_tasks_ended_by_group on user_tasks using gin (candidate_groups) where state <> 'CREATED';
create index user_tasks_ended_by_user on user_tasks using gin (candidate_users) where state <> 'CREATED';
create index user_tasks_completed_by on user_tasks (completed_by) where completed_by is not null;
create index journal_started_by on journal (actor) where sequence = 1 and actor is not null;
