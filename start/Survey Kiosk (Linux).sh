#!/bin/sh
# Starts the kiosk by a double click. The first time, and after each change of version, it makes
# a Python environment in this person's data folder; then the staff page opens in the browser.
# The file for macOS runs this one. The file for Windows does the same in its own language.
set -u

say() { printf '%s\n' "$@"; }

# Say what went wrong, and leave the window open until somebody has read it.
stop() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    if [ -t 0 ] && [ -t 1 ]; then
        printf '\nPress Enter to close this window. '
        read -r _
    fi
    exit 1
}

case $(uname -s) in
    Darwin)
        system=macOS
        home="$HOME/Library/Application Support/survey-kiosk"
        # Python from python.org and from Homebrew, also where the window does not know them.
        PATH="$PATH:/usr/local/bin:/opt/homebrew/bin"
        ;;
    *)
        system=Linux
        home="${XDG_DATA_HOME:-$HOME/.local/share}/survey-kiosk"
        ;;
esac
folder=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
environment="$home/environment"
fresh="$environment.new.$$" # the number of this process: no other window uses this name
log="$home/set-up.log"
made_from="requirements.lock CHANGELOG.md"
# Tools for developers. Kari does not need them, and they are half of what would be downloaded.
only_developers="mypy|playwright|ruff"

# Tell whether the environment was made to its end, from these files, and its Python still works.
is_current() {
    for file in $made_from; do
        cmp -s "$folder/$file" "$environment/made-from/$file" || return 1
    done
    works
}

works() { "$environment/bin/python" -I -c 'import flask, kiosk' 2>/dev/null; }

# Tell whether a kiosk runs out of the environment at this moment.
is_running() {
    case $(ps -A -ww -o args= 2>/dev/null) in
        *"$environment/bin/python -I -m kiosk"*) return 0 ;;
    esac
    return 1
}

# Find a Python that is new enough and whole. Leaves its name in `python`.
find_python() {
    found_without_venv=
    for python in python3.13 python3.12 python3.11 python3 python; do
        path=$(command -v "$python") || continue
        # Without Apple's developer tools, its own Python is only a window that offers them.
        if [ "$path" = /usr/bin/python3 ] && [ "$system" = macOS ]; then
            xcode-select -p >/dev/null 2>&1 || continue
        fi
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return 0
        found_without_venv=yes
    done
    if [ -n "$found_without_venv" ]; then
        problem="A part of Python is missing on this computer (its name is venv)."
    else
        problem="Survey Kiosk needs Python 3.11 or newer, and this computer has none."
    fi
    if [ "$system" = macOS ]; then
        remedy="Please get Python from python.org, install it, and open this file again."
    elif command -v apt >/dev/null; then
        remedy="Please open a terminal, type this line, and then open this file again:
    sudo apt install python3 python3-venv
If it answers that both are there already, this system is too old and needs an update."
    else
        remedy="Please install Python 3.11 or newer with the software manager of this computer,
or from python.org. Then open this file again."
    fi
    return 1
}

# Make a new environment beside the old one, and put it in its place at the very end.
set_up() {
    find_python || return 1
    say "" "The kiosk is being set up. This needs the internet, once, and takes a few minutes." \
        "Please leave this window open." ""
    problem="The kiosk could not write into its folder, $home."
    remedy="Is the disk full? Please make room, and open this file again."
    mkdir -p "$(dirname -- "$home")" || return 1
    [ -d "$home" ] || mkdir -m 700 "$home" || return 1 # the answers will be in it too
    clear_away
    say "1 of 3: making room for it"
    "$python" -m venv "$fresh" >"$log" 2>&1 || return 1
    say "2 of 3: downloading its parts"
    leave_out_developers_tools || return 1
    if ! pip install --require-hashes -r "$fresh/requirements.txt"; then
        why_no_download
        return 1
    fi
    say "3 of 3: putting them together"
    problem="The kiosk could not be put together."
    remedy="Please unpack the whole download again, into a folder of your own, and open this
file there. If that does not help, somebody who knows computers finds the details in
$log"
    pip wheel --no-deps --no-build-isolation --wheel-dir "$fresh/wheel" "$folder" || return 1
    put_in_place
}

leave_out_developers_tools() {
    "$fresh/bin/python" -c 'import re, sys; print(re.sub(sys.argv[1], "", sys.stdin.read()))' \
        "(?ms)^($only_developers)==.*?(?=^\S|\Z)" \
        <"$folder/requirements.lock" >"$fresh/requirements.txt" 2>>"$log"
}

pip() {
    "$fresh/bin/python" -m pip "$@" --no-input --disable-pip-version-check >>"$log" 2>&1
}

why_no_download() {
    problem="The parts of the kiosk could not be downloaded."
    remedy="Is this computer connected to the internet? Please connect it, and open this file again.
The kiosk needs the internet only for this; later it runs without.
If it is connected, somebody who knows computers finds the details in
$log"
    if grep -qi "no space left" "$log"; then
        problem="The disk is full."
        remedy="Please make room, about one gigabyte, and open this file again."
    fi
}

# The files that tell what it was made from come last: without them nobody believes in it.
put_in_place() {
    if is_current; then # another window was quicker
        rm -rf "$fresh"
        return 0
    fi
    rm -rf "$environment" && mv "$fresh" "$environment" || return 1
    fresh=$environment # the command `kiosk` is installed here, because it names its own place
    pip install --no-deps --no-index --find-links "$environment/wheel" survey-kiosk || return 1
    mkdir "$environment/made-from" || return 1
    for file in $made_from; do
        cp "$folder/$file" "$environment/made-from/$file" || return 1
    done
    make_voices
}

# Only where the program that speaks is installed. Without it everything else works.
make_voices() {
    command -v espeak-ng >/dev/null || return 0
    say "One thing more: the voices that read aloud. This takes about a minute."
    "$environment/bin/python" -I -m kiosk sound make workshop --shipped --languages en,nb,fr,ar \
        >>"$log" 2>&1 || say "The voices could not be made. Everything else works."
}

# Remove what set-ups that were broken off have left. Those that still run stay alone.
clear_away() {
    for left in "$environment".new.*; do
        kill -0 "${left##*.}" 2>/dev/null || rm -rf "$left"
    done
}

for file in $made_from pyproject.toml; do
    [ -f "$folder/$file" ] || stop "Some files of the kiosk are missing beside this one." \
        "Please unpack the whole download into a folder, and open the file there."
done

if ! is_current; then
    if works && is_running; then
        say "A kiosk is still running in another window, in the version from before." \
            "The new version comes when you have closed that window and open this file again."
    elif ! set_up; then
        [ "$fresh" = "$environment" ] || rm -rf "$fresh"
        works || stop "$problem" "$remedy"
        say "" "$problem" "The kiosk starts in the version from before."
    fi
fi

say "" "The kiosk runs as long as this window is open. To stop it, close this window." ""
# Small pieces of memory are overwritten when they are freed, too (glibc; others do not read this).
export GLIBC_TUNABLES=glibc.malloc.tcache_count=0
set -f # the arguments, which tests give, are words and no patterns
# shellcheck disable=SC2086 # several words on purpose
"$environment/bin/python" -I -m kiosk serve --open ${KIOSK_START_ARGUMENTS:-}
case $? in
    0 | 129 | 130 | 143) ;; # it was ended on purpose
    *) stop "The kiosk has stopped. The reason stands above, in its own words." ;;
esac
