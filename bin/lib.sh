# Shared by the programs in bin: finds the project and a JDK, and calls Maven.
# Sourced, never executed. Needs bash 4 or newer (3.2 of macOS works as well).

set -euo pipefail

lib_source=${BASH_SOURCE[0]}
while [ -L "$lib_source" ]; do lib_source=$(readlink "$lib_source"); done
root=$(cd "$(dirname "$lib_source")/.." && pwd -P)
needed_java=25

# stop TEXT [EXIT-CODE]: one line that says what to do, then the end.
stop() {
    echo "$(basename "$0"): $1" >&2
    exit "${2:-2}"
}

# jdk_version HOME: prints the feature release of the JDK there; fails when there is none.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# jdk_candidates: one possible JDK home per line, in the order of preference.
jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    env | sed -n 's/^JAVA[A-Z0-9_]*_HOME=//p; s/^JDK_HOME=//p'
    local javac
    if javac=$(command -v javac); then
        while [ -L "$javac" ]; do
            local target
            target=$(readlink "$javac")
            case $target in /*) javac=$target ;; *) javac=$(dirname "$javac")/$target ;; esac
        done
        dirname "$(dirname "$javac")"
    fi
    local folder
    for folder in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /opt/jdk/* /usr/local/*jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
        "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
        [ ! -d "$folder/bin" ] || echo "$folder"
    done
}

# find_jdk: exports JAVA_HOME. What JAVA_HOME or PATH name wins if it is new enough, then the
# lowest release that is new enough, because that is the one most tested.
find_jdk() {
    local home version best="" best_version=0 preferred
    preferred="${JAVA_HOME:-}"
    while IFS= read -r home; do
        version=$(jdk_version "$home") || continue
        [ -n "$version" ] && [ "$version" -ge "$needed_java" ] || continue
        if [ "$home" = "$preferred" ]; then best=$home best_version=$version && break; fi
        if [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then best=$home best_version=$version; fi
    done < <(jdk_candidates)
    [ -n "$best" ] || stop "needs a JDK $needed_java or newer: install one (Temurin: https://adoptium.net, Debian 13: apt install openjdk-25-jdk-headless) or set JAVA_HOME"
    export JAVA_HOME=$best
    java=$JAVA_HOME/bin/java
}

# maven ARGUMENTS…: Maven at the project's root, on the JDK found.
maven() {
    command -v mvn >/dev/null || stop "needs Maven 3.8 or newer: apt install maven, or see https://maven.apache.org/install.html"
    (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
        mvn --batch-mode --no-transfer-progress "$@")
}

# checksum: a hash of standard input.
checksum() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-16
}

# source_hash FOLDER…: one hash over names and contents of everything that goes into the build there.
source_hash() {
    (
        cd "$root"
        find pom.xml "$@" \( -name target -o -name node_modules -o -name dist -o -name '.*' \) -prune \
            -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum
    ) | checksum
}

# java_flags: what every JVM of ours needs to be quiet about native memory.
java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.management/sun.management=ALL-UNNAMED
    --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED
    --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED -Dice4j.software=)

# ---- for bin/backup and bin/restore ---------------------------------------------------------------

embedded=maplebridge.mv.db # the embedded database in a data folder

# is_open FILE: whether a running node has this embedded database open (it holds a lock on it).
is_open() {
    [ -f "$1" ] || return 1
    if [ -r /proc/locks ]; then
        grep -q ":$(stat -c %i "$1") " /proc/locks
    elif command -v lsof >/dev/null; then
        [ -n "$(lsof -t "$1" 2>/dev/null)" ]
    else
        stop "cannot see whether a node runs on $(dirname "$1"): install lsof"
    fi
}

# postgres_address URL: what psql and its relatives understand of what the server is given.
postgres_address() {
    case ${1#jdbc:} in
    postgresql://* | postgres://*) echo "${1#jdbc:}" ;;
    *) stop "not an address of a PostgreSQL database: $1 (postgresql://HOST/DATABASE?user=USER)" ;;
    esac
}

# postgres_login: lets them use the server's own user and password.
postgres_login() {
    [ -z "${MAPLEBRIDGE_DATABASE_USER:-}" ] || export PGUSER=${PGUSER:-$MAPLEBRIDGE_DATABASE_USER}
    [ -z "${MAPLEBRIDGE_DATABASE_PASSWORD:-}" ] || export PGPASSWORD=${PGPASSWORD:-$MAPLEBRIDGE_DATABASE_PASSWORD}
}
