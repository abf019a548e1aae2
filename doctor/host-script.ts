/**
 * Reads the facts of a host in one go, with what every Linux has: `sh -s -- SOCKET DIRECTORY...`. Prints a line `::NAME ARGUMENT...` before each part.
 * Where a program is missing or may not be used, the part is empty or left out.
 */
export const HOST_SCRIPT = String.raw`
LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
socket=$1
shift

echo "::user $(id -un)"
echo '::programs'
for name in apt-get dockerd iptables modprobe systemctl timedatectl; do command -v "$name" >/dev/null && echo "$name"; done
[ ! -d /run/systemd/system ] || echo systemd

for process in /proc/[0-9]*; do
  [ "$(cat "$process/comm" 2>/dev/null)" = dockerd ] || continue
  arguments=$(tr '\0' '\n' <"$process/cmdline" 2>/dev/null)
  [ -n "$arguments" ] || continue
  echo "::daemon $(basename "$process")"
  echo "$arguments"
  file=$(echo "$arguments" | awk 'found { print; exit } sub(/^--config-file=/, "") { print; exit } /^--config-file$/ { found = 1 }')
  file=${"$"}{file:-/etc/docker/daemon.json}
  folder=$(dirname "$file")
  echo "::config $file"
  # Nothing is printed where the file may not be read: its absence can be told from that where the folder may be searched.
  if [ -r "$file" ]; then echo read && cat "$file" && echo
  elif [ ! -e "$folder" ] || [ -x "$folder" -a ! -e "$file" ]; then echo none; fi
done

if [ -S "$socket" ]; then
  echo "::socket $(stat -Lc '%a %U %G' "$socket") $socket"
  group=$(stat -Lc %g "$socket")
  getent group "$group" | cut -d : -f 4 | tr , '\n'
  getent passwd | awk -F : -v group="$group" '$4 == group { print $1 }'
fi

echo "::root $(stat -c %d /)"
for path in "$@"; do
  place=$path
  while [ ! -e "$place" ]; do place=$(dirname "$place"); done
  [ ! -d "$path" ] || echo "::directory $path"
  echo "::filesystem $path"
  stat -Lc %d "$place"
  df -PkT "$place" 2>/dev/null | tail -n 1
  findmnt -nro OPTIONS -T "$place" 2>/dev/null
done

echo '::routes'
cat /proc/net/route
echo '::listening'
awk '$4 == "0A" { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo '::links'
awk -F : 'NR > 2 { gsub(/ /, "", $1); print $1 }' /proc/net/dev

if filter=$(iptables-save -t filter 2>/dev/null || sudo -n iptables-save -t filter 2>/dev/null); then printf '::filter\n%s\n' "$filter"; fi
echo '::inputs'
{ nft list chains 2>/dev/null || sudo -n nft list chains 2>/dev/null; } | awk '/^table/ { table = $2 " " $3 } /hook input/ && table !~ /^ip6? filter$/ { print table }'
[ ! -d /sys/module/apparmor ] || echo '::apparmor'
exit 0
`;
