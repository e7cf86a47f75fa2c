#!/bin/sh
# Tries the two commands where there is nothing but Debian's smallest system and python3, as root and as an
# ordinary user, and tells the seconds. Not part of the test run: it needs root, debootstrap and a network.
#
#   tests/bare_machine.sh [directory]         about 300 MB of disk; the bare system in it is used again
#   TRY="root user test" tests/bare_machine.sh
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-/var/tmp/niaga-bare-machine}
bare=$work/bare
trial=$work/trial
suite=${SUITE:-bookworm}
mirror=${MIRROR:-$(awk '/^(URIs:|deb) .*\/debian\/?$/ { print $2; exit }' /etc/apt/sources.list.d/*.sources 2>/dev/null)}
mirror=${mirror:-http://deb.debian.org/debian}
port=8069

say() { printf '\n== %s\n' "$*"; }

release() {
    for place in proc dev/shm dev/pts dev; do
        mountpoint -q "$trial/$place" && umount -l "$trial/$place"
    done
    return 0
}
trap release EXIT

prepare() { # a fresh tree with a fresh clone, and this machine's way into the network
    release
    rm -rf "$trial"
    cp -a "$bare" "$trial"
    if [ -z "${WITHOUT_MOUNTS:-}" ]; then # a tree without /proc and /dev/shm is barer still, and has to do too
        mount -t proc proc "$trial/proc"
        mount --bind /dev "$trial/dev"
        mount -t tmpfs -o mode=1777 tmpfs "$trial/dev/shm"
    fi
    cp /etc/resolv.conf /etc/hosts "$trial/etc/"
    cp /etc/ssl/certs/ca-certificates.crt "$trial/opt/ca.crt"
    cp /etc/apt/sources.list.d/debian.sources "$trial/etc/apt/sources.list.d/" 2>/dev/null && : > "$trial/etc/apt/sources.list" || :
    git clone -q --no-hardlinks "$here" "$trial/srv/niaga"
}

inside() { # inside USER COMMAND…: in the tree, with nothing of this machine's environment but its way out
    who=$1
    shift
    home=$([ "$who" = root ] && echo /root || echo "/home/$who")
    setpriv_to=""
    [ "$who" = root ] || setpriv_to="setpriv --reuid=$who --regid=$who --init-groups"
    chroot "$trial" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" TERM=dumb \
        SSL_CERT_FILE=/opt/ca.crt PIP_CERT=/opt/ca.crt NODE_EXTRA_CA_CERTS=/opt/ca.crt \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
        $setpriv_to sh -c "cd '$place' && $*"
}

healthy() {
    python3 - "$port" <<'PY'
import json, sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    sys.exit(json.load(opener.open(f"http://127.0.0.1:{sys.argv[1]}/web/health", timeout=3)) != {"status": "pass"})
except OSError:
    sys.exit(1)
PY
}

timed_run() { # timed_run USER: seconds from the command to the first answer, then Ctrl-C
    begun=$(date +%s.%N)
    inside "$1" "exec ./niaga run --port $port" > "$work/$1.log" 2>&1 &
    job=$!
    until healthy; do
        kill -0 $job 2>/dev/null || { cat "$work/$1.log"; return 1; }
        sleep 0.2
    done
    ended=$(date +%s.%N)
    sleep 4 # what the launcher starts after the web server
    kill -INT "$(cat /proc/$job/task/$job/children)"
    wait $job || :
    cat "$work/$1.log"
    say "$1: $(echo "$begun $ended" | awk '{ printf "%.1f", $2 - $1 }') s until /web/health passes"
}

if [ ! -e "$bare/etc/debian_version" ]; then
    say "making Debian $suite, minbase and python3, from $mirror"
    mkdir -p "$work"
    debootstrap --variant=minbase --include=python3 "$suite" "$bare" "$mirror" > "$work/debootstrap.log"
fi

for who in ${TRY:-root user}; do
    say "as $who"
    prepare
    place=/srv/niaga
    case $who in
    root)
        timed_run root
        say "again, as root"
        timed_run root
        ;;
    user)
        chroot "$trial" useradd --create-home --shell /bin/sh user
        mv "$trial/srv/niaga" "$trial/home/user/niaga"
        chroot "$trial" chown -R user:user /home/user/niaga
        place=/home/user/niaga
        say "without python3-venv it says what to do"
        inside user ./niaga run && exit 1 || :
        place=/ inside root "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv" > "$work/apt.log" 2>&1
        place=/home/user/niaga
        timed_run user
        say "again, as user"
        timed_run user
        ;;
    test)
        inside root ./niaga test ${TESTS:-}
        ;;
    esac
done
