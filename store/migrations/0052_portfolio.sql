-- Who looks after which customers: people and groups, by the names under which tasks know them.

create table customer_portfolio (
  customer_id  text not null references customers on delete cascade,
  kind         text not null check (kind in ('person', 'group')),
  member       text not null,
  since        timestamptz(3) not null,
  primary key (customer_id, kind, member)
);

create index customer_portfolio_member on customer_portfolio (kind, member);
