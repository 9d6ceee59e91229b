#!/bin/sh
# Run by the image of PostgreSQL on an empty volume: the logins of the service, each with its own password.
# `pleegzorg migrate` finds them and gives them what they may. It can be run again, and must be when a new
# version has a new role: docker compose exec db sh /docker-entrypoint-initdb.d/10-rollen.sh
set -eu
secret() { cat "/run/secrets/$1"; }
psql --set ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" \
    --set migrator="$(secret migrator_password)" --set app="$(secret app_password)" \
    --set worker="$(secret worker_password)" --set backup="$(secret backup_password)" <<'SQL'
SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY[
    'pleegzorg_migrator', 'pleegzorg_app', 'pleegzorg_worker', 'pleegzorg_auditor', 'pleegzorg_backup',
    'pleegzorg_eraser']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE pleegzorg_migrator LOGIN PASSWORD :'migrator' NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE pleegzorg_app LOGIN PASSWORD :'app' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
-- What the worker has by itself stays little: it says so each time that it works as the eraser.
ALTER ROLE pleegzorg_worker LOGIN PASSWORD :'worker' NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
ALTER ROLE pleegzorg_auditor NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
ALTER ROLE pleegzorg_backup LOGIN PASSWORD :'backup' NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE;
ALTER ROLE pleegzorg_eraser NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
GRANT pleegzorg_eraser TO pleegzorg_worker WITH INHERIT FALSE, SET TRUE;
-- Whoever migrates fills the tables of postcodes and providers as the application.
GRANT pleegzorg_app, pleegzorg_worker, pleegzorg_eraser TO pleegzorg_migrator WITH INHERIT FALSE, SET TRUE;
SELECT format('ALTER DATABASE %I OWNER TO pleegzorg_migrator', current_database()) \gexec
SQL
