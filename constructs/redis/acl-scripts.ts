/** Writes the file of accounts anew: owner of the file, then name and rules of each. The first is the server's own, which health and jobs use. */
export const WRITE = `set -eu
umask 077
owner=$1; shift
digest() { [ -s "$1" ] || { echo "no password in $1" >&2; exit 1; }; sha256sum <"$1" | cut -d ' ' -f 1; }
sum=$(digest /run/secrets/redis/password)
printf 'user default on #%s ~* &* +@all\\n' "$sum" >/acl/.new
while [ $# -gt 0 ]; do
  sum=$(digest "/run/secrets/accounts/$1")
  printf 'user %s on #%s %s\\n' "$1" "$sum" "$2" >>/acl/.new
  shift 2
done
chown "$owner" /acl/.new
mv -f /acl/.new /acl/users.acl`;

/** Lets the running server read the file: accounts that are gone lose their connections. Its words are the client program and the server's name. */
export const LOAD = `answer=$(printf 'AUTH %s\\nACL LOAD\\n' "$(cat /run/secrets/redis/password)" | "$1" -h "$2" | tail -n 1)
[ "$answer" = OK ] || { echo "REDIS_ACL: accounts must be taken by the server, got: $answer" >&2; exit 1; }
echo "accounts loaded"`;
