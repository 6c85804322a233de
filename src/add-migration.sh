#!/usr/bin/env bash
# Makes one migration in the three sets. Usage: src/add-migration.sh Name
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# = 1 ] || { echo "usage: src/add-migration.sh Name" >&2; exit 2; }
dotnet tool restore > /dev/null
for provider in Sqlite PostgreSql SqlServer; do
  project="src/TerritoireCollab.Migrations.$provider"
  dotnet ef migrations add "$1" --project "$project" --startup-project "$project" --output-dir Migrations
done
