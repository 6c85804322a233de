#!/usr/bin/env bash
# Installs what is missing, builds, runs every test project, ends with the line "N passed, N failed[, N skipped]" over all of them.
#   tests/run.sh                 everything
#   tests/run.sh Forum Browser   only the projects whose name contains one of the words
# As root on Debian it installs PostgreSQL, Chromium, Postfix, feedparser, icalendar, LibreOffice and a font; elsewhere it says in one sentence what it
# lacks (without Postfix, feedparser, icalendar or LibreOffice their tests skip). TERRITOIRE_LIGHT=1 leaves LibreOffice out.
# TERRITOIRE_SHOTS names a folder for pictures of every screen; TERRITOIRE_PICTURES=1 renews those of the README.
# SQL Server: TERRITOIRE_TEST_SQLSERVER holds a connection string. Corpora: TERRITOIRE_CORPORA names their folder. W3C feed validator:
# TERRITOIRE_FEEDVALIDATOR names the src folder of github.com/w3c/feedvalidator (Python 3 with html5lib, rdflib, lxml). Broken input:
# TERRITOIRE_FUZZ_MAILS is how many mails are read (2000; 100000 for the whole), TERRITOIRE_FUZZ_CALENDARS how many calendars (1500). Mail:
# TERRITOIRE_TEST_MAILHOST names a mail server on which to try (host, SMTP port, IMAP port, account, password, separated by blanks, such as
# "127.0.0.1 2525 1143 membre1@test.local test"; answers go to its account « reponse », of the same password); without it the tests that
# need one skip.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }
missing() { say "Il manque $1 : installez-le, puis relancez tests/run.sh. / $1 is missing: install it, then run tests/run.sh again."; exit 2; }

command -v dotnet > /dev/null || missing "le SDK .NET 10"
dotnet --list-sdks | grep -q '^10\.' || missing "le SDK .NET 10"
command -v node > /dev/null || missing "Node.js 20"

packages=()
[ -n "$(find /usr/lib/postgresql -name pg_ctl -print -quit 2> /dev/null)" ] || command -v pg_ctl > /dev/null || packages+=(postgresql)
# Without windows of its own it takes a third less time than the whole Chromium, which does as well.
browser() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }
browser > /dev/null || packages+=(chromium-headless-shell)
# Postfix is wanted for its programs: each test starts one of its own, on the loopback and in its own folder. Another mail server of the
# machine is left alone.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ ! -x /usr/sbin/postfix ] && [ ! -e /usr/sbin/sendmail ]; then
  packages+=(postfix)
fi
# feedparser reads our feeds as somebody else would; without it that test says so and skips.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -x /usr/bin/python3 ] && ! /usr/bin/python3 -c "import feedparser" 2> /dev/null; then
  packages+=(python3-feedparser)
fi
# icalendar, with dateutil, reads our calendars; likewise.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -x /usr/bin/python3 ] && ! /usr/bin/python3 -c "import icalendar" 2> /dev/null; then
  packages+=(python3-icalendar)
fi
# dkimpy verifies our signatures, Email::MIME reads our mails.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  [ ! -x /usr/bin/python3 ] || /usr/bin/python3 -c "import dkim" 2> /dev/null || packages+=(python3-dkim)
  perl -MEmail::MIME -e 1 2> /dev/null || packages+=(libemail-mime-perl)
fi
# LibreOffice opens the documents that we write, and pdftotext reads those that it makes of them. It takes 350 MB and a quarter of a minute:
# TERRITOIRE_LIGHT=1 does without, and those tests skip.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -z "${TERRITOIRE_LIGHT:-}" ]; then
  command -v soffice > /dev/null || packages+=(libreoffice-writer libreoffice-calc)
  command -v pdftotext > /dev/null || packages+=(poppler-utils)
fi
# Fonts to write PDF with.
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -z "$(find /usr/share/fonts /usr/local/share/fonts -name DejaVuSansMono.ttf -o -name LiberationMono-Regular.ttf 2> /dev/null | head -n 1)" ]; then
  packages+=(fonts-dejavu-core)
fi
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then missing "${packages[*]}"; fi
  say "Installation : ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq > /dev/null
  apt-cache show chromium-headless-shell > /dev/null 2>&1 || packages=("${packages[@]/#chromium-headless-shell/chromium}")
  echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
  # A package must not start a service of the machine: the tests start their own.
  policy=
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    policy=1
  fi
  installed=0
  apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null || installed=$?
  [ -z "$policy" ] || rm -f /usr/sbin/policy-rc.d
  [ "$installed" = 0 ] || exit "$installed"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/territoire-tests.XXXXXX")
stop() {
  [ -f "$work/pg/postmaster.pid" ] && as_postgres "$pgbin/pg_ctl" -D "$work/pg" -m immediate stop > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

pgctl=$(command -v pg_ctl || find /usr/lib/postgresql -name pg_ctl | sort -V | tail -n 1)
pgbin=$(dirname "$(readlink -f "$pgctl")")
# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd "$work" && setpriv --reuid postgres --regid postgres --clear-groups "$@"); else "$@"; fi; }
start_postgres() {
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2> /dev/null || echo $((20000 + RANDOM % 20000)))
  [ "$(id -u)" = 0 ] && chown postgres "$work" && chmod 755 "$work"
  as_postgres "$pgbin/initdb" -D "$work/pg" -U territoire --auth=trust -E UTF8 --locale=C > "$work/pg.log" 2>&1 || { cat "$work/pg.log" >&2; exit 1; }
  as_postgres "$pgbin/pg_ctl" -D "$work/pg" -w -l "$work/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c max_connections=200" start > /dev/null 2>&1 \
    || { cat "$work/server.log" >&2; exit 1; }
  export TERRITOIRE_TEST_POSTGRESQL="Host=127.0.0.1;Port=$port;Username=territoire;Database=postgres"
}
start_postgres

export TERRITOIRE_CORPORA=${TERRITOIRE_CORPORA:-$PWD/../shared/corpora}
export TERRITOIRE_CHROMIUM=${TERRITOIRE_CHROMIUM:-$(browser)}

say "Construction…"
dotnet build TerritoireCollab.sln --nologo -v quiet -clp:NoSummary

# What failed and why, since « quiet » says the names alone.
failures() {
  awk '/<UnitTestResult .*outcome="Failed"/ { name = $0; sub(/.*testName="/, "", name); sub(/" .*/, "", name); print "Échec : " name; inside = 1; lines = 0 }
    inside && /<(Message|StackTrace)>/ { shown = 1 }
    shown && lines < 25 { text = $0; gsub(/<[^>]*>/, "", text); print "    " text; lines++ }
    /<\/(Message|StackTrace)>/ { shown = 0 }
    /<\/UnitTestResult>/ { inside = 0 }' "$1" | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xD;//g; s/&amp;/\&/g' >&2
}

wanted() {
  [ $# -gt 1 ] || return 0
  local name=$1 word
  shift
  for word in "$@"; do [[ $name == *$word* ]] && return 0; done
  return 1
}

# Its result stands in a file; what it says is kept until the others have had their say.
run() {
  say "Essais : $1"
  dotnet test "tests/$1/$1.csproj" --no-build --nologo -v quiet --logger "trx;LogFileName=result.trx" --results-directory "$work/$1" --blame-hang-timeout 10m || true
}

projects=()
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  ! wanted "$name" "$@" || projects+=("$name")
done

# The browser waits more than it works: its tests run beside all others.
beside=
for name in "${projects[@]}"; do
  if [[ $name == *.Browser.Tests && ${#projects[@]} -gt 1 ]]; then
    run "$name" > "$work/browser.log" 2>&1 &
    beside=$!
  fi
done
for name in "${projects[@]}"; do
  [[ -n $beside && $name == *.Browser.Tests ]] || run "$name"
done
if [ -n "$beside" ]; then
  wait "$beside" || true
  cat "$work/browser.log"
fi

passed=0 failed=0 skipped=0 broken=0
for name in "${projects[@]}"; do
  results="$work/$name"
  counters=$(grep -o '<Counters [^>]*>' "$results/result.trx" 2> /dev/null || true)
  if [ -z "$counters" ]; then
    say "$name n'a rendu aucun résultat."
    broken=$((broken + 1))
    continue
  fi
  failures "$results/result.trx"
  value() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  passed=$((passed + $(value passed))) failed=$((failed + $(value failed))) skipped=$((skipped + $(value total) - $(value executed)))
done

echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ $((failed + broken)) = 0 ] && [ "$passed" -gt 0 ]
