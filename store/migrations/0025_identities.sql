-- People who use Jornada, and what they get in by. Of every secret only its hash is here.
create table users (
  user_id          text primary key,
  -- Tasks and journals know people by it: it stands in the open.
  login_name       text not null unique check (login_name ~ '^[a-z][a-z0-9._-]{1,63}$'),
  locale           text not null,
  roles            text[] not null,
  groups           text[] not null,
  is_active        boolean not null default true,
  -- Made by a demonstration, with a password that everybody knows.
  is_demo          boolean not null default false,
  -- Whatever was opened under another number opens nothing any more.
  revocation_epoch bigint not null default 0,
  -- Name and mail of the person, under the deployment's own key.
  sealed_contact   bytea not null,
  created_at       timestamptz(3) not null default clock_timestamp()
);
create index users_admins on users (user_id) where is_active and 'admin' = any (roles);

create table user_passwords (
  user_id text primary key references users,
  -- Argon2id with its parameters and salt.
  hash    text not null,
  set_at  timestamptz(3) not null default clock_timestamp()
);

create table user_sessions (
  session_id text primary key,
  -- SHA-256 of what the cookie holds, in hex.
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id    text not null references users,
  epoch      bigint not null,
  started_at timestamptz(3) not null,
  seen_at    timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index user_sessions_user on user_sessions (user_id, started_at);
create index user_sessions_end on user_sessions (expires_at);

create table api_tokens (
  token_id     text primary key,
  token_hash   text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id      text not null references users,
  epoch        bigint not null,
  name         text not null,
  scopes       text[] not null,
  created_at   timestamptz(3) not null,
  expires_at   timestamptz(3) not null,
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);
create index api_tokens_user on api_tokens (user_id, created_at);

-- Links by which a person sets a password once; without a person: by which the first admin comes to be.
create table password_links (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id    text references users,
  expires_at timestamptz(3) not null,
  used_at    timestamptz(3)
);
create index password_links_user on password_links (user_id);
