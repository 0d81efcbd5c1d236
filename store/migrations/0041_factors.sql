-- Second factors: the secret of an app on somebody's phone, sealed under the deployment's own key, and codes for when it is lost.
create table user_factors (
  user_id       text primary key references users,
  sealed_secret bytea not null,
  -- Null: they have not shown yet that their app has it.
  confirmed_at  timestamptz(3),
  -- The last step of time whose code counted: no code counts twice.
  last_step     bigint not null default 0
);

create table recovery_codes (
  code_hash text primary key check (code_hash ~ '^[0-9a-f]{64}$'),
  user_id   text not null references users,
  used_at   timestamptz(3)
);
create index recovery_codes_user on recovery_codes (user_id);

-- When a factor was shown last in a session.
alter table user_sessions add column factor_at timestamptz(3);
-- Whether a provider of identities signed the person in, who shows factors there.
alter table user_sessions add column is_of_provider boolean not null default false;
