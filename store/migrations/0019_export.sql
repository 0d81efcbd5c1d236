-- What an export holds of each system, where its package is, and the links by which it is fetched.
alter table exports add column instance_id text;
alter table exports add column systems jsonb;
alter table exports add column package_file text;

create table export_links (
  token_hash     text not null,
  export_id      text not null references exports on delete cascade,
  customer_id    text not null,
  state          text not null check (state in ('live', 'replaced', 'revoked')),
  expires_at     timestamptz(3) not null,
  most_downloads integer not null check (most_downloads > 0),
  downloads      integer not null check (downloads between 0 and most_downloads),
  created_at     timestamptz(3) not null default clock_timestamp(),
  primary key (token_hash)
);
create index export_links_export on export_links (export_id);
