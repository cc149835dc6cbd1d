# A screen that nobody sees, for scripts that start the real window: Xvfb with a window manager, software
# OpenGL, keys by xdotool. To be sourced; whoever sources it calls `screen_close` at the end.

screen_packages=(
    xvfb openbox xdotool imagemagick
    # What the window needs at run time; its package names the same.
    libgl1 libegl1 libgl1-mesa-dri libx11-6 libx11-xcb1 libxcursor1 libxrandr2 libxi6 libxkbcommon0
    libxkbcommon-x11-0
)
screen_pids=()

# Whether everything is there; else installs it, where that is possible. Says why not on standard error.
screen_install() {
    local missing=() package
    for package in "${screen_packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "missing, and only root can install them with apt-get: ${missing[*]}" >&2
        return 1
    fi
    echo "installing ${missing[*]}"
    if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
        --no-install-recommends "${missing[@]}"; } >"${TMPDIR:-/tmp}/noaber-apt.log" 2>&1; then
        tail -n 3 "${TMPDIR:-/tmp}/noaber-apt.log" >&2
        echo "apt-get could not install: ${missing[*]}" >&2
        return 1
    fi
}

# screen_open WIDTH HEIGHT: a display of its own, whose number nobody else has.
screen_open() {
    local folder
    folder=$(mktemp -d)
    Xvfb -displayfd 3 -screen 0 "$1x$2x24" -nolisten tcp 3>"$folder/display" 2>"$folder/xvfb" &
    screen_pids+=($!)
    until_so 20 "a display" test -s "$folder/display" || return 1
    DISPLAY=":$(cat "$folder/display")"
    rm -r "$folder"
    export DISPLAY LIBGL_ALWAYS_SOFTWARE=1
    unset WAYLAND_DISPLAY WAYLAND_SOCKET
    openbox >/dev/null 2>&1 &
    screen_pids+=($!)
    until_so 20 "a window manager" eval "xdotool get_num_desktops >/dev/null 2>&1"
}

screen_close() {
    local pid
    for pid in "${screen_pids[@]}"; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    screen_pids=()
}

# until_so SECONDS WHAT COMMAND…: asks again and again until the command succeeds.
until_so() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        if [ "$SECONDS" -ge "$end" ]; then
            echo "waited in vain for $what" >&2
            return 1
        fi
        sleep 0.1
    done
}

# Whether a window has a title like this; prints its number.
window_called() {
    xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1 | grep .
}
