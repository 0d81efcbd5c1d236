#!/bin/sh
# Makes the tables of Temporal, and brings them up to date; again is harmless. SQL_PASSWORD comes from the environment.
set -eu
for name in temporal visibility; do
  case $name in temporal) db=temporal ;; *) db=temporal_visibility ;; esac
  tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db $db"
  $tool setup-schema -v 0.0
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$name/versioned"
done
