-- Whom mails tell of tasks, and the links in them by which a task is decided once. Of a link only its hash is here.
create table task_mails (
  instance_id text not null,
  task_id     text not null,
  user_id     text not null references users,
  made_at     timestamptz(3) not null,
  -- When the mail is tried next; null: it went, or was given up.
  next_at     timestamptz(3),
  tries       integer not null default 0,
  -- SHA-256 of the secret of the link, in hex; null: no mail was composed yet.
  token_hash  text unique check (token_hash ~ '^[0-9a-f]{64}$'),
  -- Of the person when the link was made: whatever was opened under another number opens nothing any more.
  epoch       bigint,
  expires_at  timestamptz(3),
  -- Until when whoever is deciding by it has it to themselves.
  held_until  timestamptz(3),
  used_at     timestamptz(3),
  primary key (instance_id, task_id, user_id)
);
create index task_mails_next on task_mails (next_at) where next_at is not null;
create index task_mails_user on task_mails (user_id, made_at);

-- The number of the last event that was looked at. What happened before is told to nobody.
create table task_mail_log (
  is_one   boolean primary key default true check (is_one),
  event_at bigint not null
);
insert into task_mail_log (event_at) select last from event_log;
