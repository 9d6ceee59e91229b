#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: the logins of the service, each with its own
# password. `pleegzorg migrate` finds them and gives them what they may.
set -eu
secret() { cat "/run/secrets/$1"; }
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set migrator="$(secret migrator_password)" --set app="$(secret app_password)" \
    --set worker="$(secret worker_password)" --set backup="$(secret backup_password)" <<'SQL'
CREATE ROLE pleegzorg_migrator LOGIN PASSWORD :'migrator' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE pleegzorg_app LOGIN PASSWORD :'app' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE pleegzorg_worker LOGIN PASSWORD :'worker' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE pleegzorg_auditor NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE pleegzorg_backup LOGIN PASSWORD :'backup' NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE;
-- Whoever migrates fills the tables of postcodes and providers as the application.
GRANT pleegzorg_app, pleegzorg_worker TO pleegzorg_migrator WITH INHERIT FALSE, SET TRUE;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO pleegzorg_migrator', current_database()); END $$;
SQL
