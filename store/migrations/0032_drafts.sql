-- What a designer works on: copies of packages, file by file, until they are published or given up.
create table drafts (
  draft_id     text primary key,
  package_key  text not null,
  title        text not null,
  -- The sources that it began with; null: the package is new.
  based_on     text references packages (hash),
  state        text not null check (state in ('open', 'review', 'published', 'discarded')),
  -- Counts every change, of files and of the state: who publishes names the one that they read.
  version      integer not null,
  -- Login names of all who changed a file: none of them is the second person.
  contributors text[] not null,
  created_by   text not null,
  created_at   timestamptz(3) not null,
  changed_by   text not null,
  changed_at   timestamptz(3) not null,
  -- What the last change of the state was told with.
  remark       text,
  -- The sources that were published.
  published    text
);
create index drafts_package on drafts (package_key, state, draft_id);
create index drafts_changed on drafts (changed_at, draft_id);

create table draft_files (
  draft_id   text not null references drafts,
  path       text not null,
  content    text not null,
  version    integer not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,
  primary key (draft_id, path)
);

-- Tests and pages of a package: they lie beside what runs, and make no version of it.
create table package_companions (
  hash    text not null references packages (hash),
  path    text not null,
  content text not null,
  primary key (hash, path)
);
