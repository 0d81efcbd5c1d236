-- People whom somebody else's system adds, changes and removes (SCIM): what that knows them by. Names may be mail addresses, so
-- they are sealed under the deployment's own key, and found by their hash.
create table provisioned_users (
  user_id          text primary key references users,
  user_name_hash   text not null unique check (user_name_hash ~ '^[0-9a-f]{64}$'),
  external_id_hash text check (external_id_hash ~ '^[0-9a-f]{64}$'),
  sealed_names     bytea not null,
  changed_at       timestamptz(3) not null default clock_timestamp()
);
