-- Immutable sources, and the definitions that deployments made of them.

create table packages (
  hash       text primary key,
  key        text not null,
  saved_at   timestamptz(3) not null default now()
);

create table package_files (
  hash       text not null references packages (hash),
  path       text not null,
  content    text not null,
  primary key (hash, path)
);

create table process_definitions (
  process_id   text not null,
  version      integer not null check (version > 0),
  package_hash text not null references packages (hash),
  version_tag  text,
  name         text,
  deployed_at  timestamptz(3) not null,
  requirements jsonb not null,
  primary key (process_id, version)
);

create index process_definitions_by_hash on process_definitions (package_hash, process_id);
create index process_definitions_by_tag on process_definitions (process_id, version_tag, version)
  where version_tag is not null;
create index process_definitions_by_time on process_definitions (deployed_at, process_id, version);
-- Start subscriptions: requirements @> '{"messageStarts": [{"name": …}]}'
create index process_definitions_by_start on process_definitions using gin (requirements jsonb_path_ops);

-- Decisions and forms: what a process refers to by an id of its own.
create table resource_definitions (
  kind         text not null check (kind in ('decision', 'form')),
  resource_id  text not null,
  version      integer not null check (version > 0),
  package_hash text not null references packages (hash),
  version_tag  text,
  name         text,
  path         text not null,
  deployed_at  timestamptz(3) not null,
  primary key (kind, resource_id, version)
);

create index resource_definitions_by_hash on resource_definitions (package_hash, kind, resource_id);
create index resource_definitions_by_tag on resource_definitions (kind, resource_id, version_tag, version)
  where version_tag is not null;
