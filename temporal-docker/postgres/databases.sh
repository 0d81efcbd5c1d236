#!/bin/sh
# Once, when the database is made: a user and its own databases for each of Jornada and Temporal.
set -eu
for user in jornada temporal; do
  # read by psql itself, so that it stands in no list of processes
  psql -v ON_ERROR_STOP=1 -U postgres <<SQL
\set password \`cat /run/secrets/${user}_password\`
create role ${user} login password :'password';
SQL
done
psql -v ON_ERROR_STOP=1 -U postgres <<SQL
create database jornada owner jornada;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database jornada, temporal, temporal_visibility from public;
SQL
