-- Files that people attach to tasks: of a customer, name and content are sealed under the key of the instance.
create table task_attachments (
  attachment_id text primary key,
  instance_id   text not null,
  task_id       text not null,
  -- {"name": …}, which may tell of a person as what is in the file does.
  data          jsonb,
  sealed        bytea,
  media_type    text not null,
  bytes         integer not null default 0,
  -- Login name.
  attached_by   text not null,
  begun_at      timestamptz(3) not null,
  -- Null: it is not there as a whole yet, and nobody sees it.
  attached_at   timestamptz(3)
);
create index task_attachments_task on task_attachments (instance_id, task_id, attached_at);
create index task_attachments_unfinished on task_attachments (begun_at) where attached_at is null;

-- What is in them, piece by piece, so that nobody has to hold a file as a whole.
create table task_attachment_pieces (
  attachment_id text not null references task_attachments on delete cascade,
  number        integer not null,
  content       bytea,
  sealed        bytea,
  primary key (attachment_id, number)
);
