#!/bin/sh
# Makes ./secrets once: passwords, the master key, and the files of the environment. What is there already stays.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
random() { [ -s "secrets/$1" ] || openssl rand -hex 32 | tr -d '\n' > "secrets/$1"; }
random postgres_password
random jornada_password
random temporal_password
random master_key
[ -s secrets/jornada.env ] || cat > secrets/jornada.env <<ENV
DATABASE_URL=postgres://jornada:$(cat secrets/jornada_password)@postgres:5432/jornada
SMTP_URL=smtps://user:password@mail.example:465
JORNADA_MAIL_FROM=Jornada <jornada@mail.example>
PUBLIC_URL=https://jornada.example
ENV
[ -s secrets/temporal.env ] || cat > secrets/temporal.env <<ENV
POSTGRES_PWD=$(cat secrets/temporal_password)
SQL_PASSWORD=$(cat secrets/temporal_password)
ENV
# the process in the container runs as this user, and reads it as a file
chown 1000:1000 secrets/master_key 2>/dev/null || chmod 644 secrets/master_key
echo 'secrets/: now write your mail server and address into secrets/jornada.env, and keep a copy of master_key elsewhere'
