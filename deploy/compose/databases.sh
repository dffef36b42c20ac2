#!/bin/bash
# Run once, by PostgreSQL's image, on an empty volume: an account and a database each for AWE and for Keycloak.
set -euo pipefail
create() {
  psql --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --set=name="$1" --set=password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
}
create awe "$AWE_DATABASE_PASSWORD"
create keycloak "$KEYCLOAK_DATABASE_PASSWORD"
