-- People whom a provider of identities signs in, by the hash of issuer and subject: subjects may be mail addresses.
create table user_identities (
  identity_hash text primary key check (identity_hash ~ '^[0-9a-f]{64}$'),
  user_id       text not null references users,
  linked_at     timestamptz(3) not null default clock_timestamp()
);
create index user_identities_user on user_identities (user_id);

-- The session at the provider under which one of ours began, by its hash: it ends with that.
alter table user_sessions add column provider_session text check (provider_session ~ '^[0-9a-f]{64}$');
create index user_sessions_provider on user_sessions (provider_session) where provider_session is not null;

-- What counts once: answers of the provider to a sign-in, and its words that a session has ended.
create table used_once (
  use_hash   text primary key check (use_hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz(3) not null
);
create index used_once_end on used_once (expires_at);
