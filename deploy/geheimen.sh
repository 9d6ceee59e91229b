#!/bin/sh
# Makes the secrets that compose.yaml mounts: passwords, the addresses with them in it, the service's key.
# Existing ones stay. Usage: sh deploy/geheimen.sh [FOLDER]   (geheimen)
set -eu
umask 077
folder=${1:-geheimen}
mkdir -p "$folder"
cd "$folder"
make() { [ -s "$1" ] || "$2" > "$1"; }
password() { openssl rand -hex 24; }
key() { openssl rand -base64 32; }
make superuser_password password
make bsn_key key
make audit_key key
for role in migrator app worker backup; do
    make "${role}_password" password
    [ -s "${role}_url" ] || printf 'postgresql://pleegzorg_%s:%s@db:5432/pleegzorg' "$role" "$(cat "${role}_password")" > "${role}_url"
done
# The containers run as user 10001, and PostgreSQL as 999: both must read them, nobody else may come in.
chmod 644 ./*
chmod 700 .
echo "Geheimen staan in $folder. Maak zelf reserve.pub: docs/operations.md."
