# Shared by the set-up scripts. POSIX shell: nothing is installed yet when they run.

say() { printf '%s\n' "$*"; }

fail() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

# apt_install PACKAGE...: Debian packages, as root or through sudo.
apt_install() {
	command -v apt-get >/dev/null || fail "please install yourself: $*"
	if [ "$(id -u)" -eq 0 ]; then
		as_root=""
	elif command -v sudo >/dev/null; then
		as_root="sudo"
	else
		fail "as root, please run: apt-get install $*"
	fi
	say "Installing from Debian: $*"
	$as_root apt-get update -qq
	$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}
