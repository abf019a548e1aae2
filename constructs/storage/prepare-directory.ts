/**
 * Makes a directory in `/layout`, which is a file system of the host. Its words: the file system's path and the directory's name on the host,
 * owner, mode, quota in MiB (0 for none), the number of its project, and the mount options that the file system must have (none: it need not
 * be a mount).
 *
 * proc(5): a mount whose root within its file system is not `/` shows a part of another one; the last of two mounts is what is seen.
 * statfs(2) of a directory with a project quota tells the quota's size in place of the file system's, on XFS and ext4 (`xfs_qm_statvfs` and
 * `ext4_statfs_project` of Linux).
 */
export const PREPARE_DIRECTORY = `set -eu
path=$1; name=$2; owner=$3; mode=$4; quota=$5; project=$6; shift 6
refuse() { echo "HOST_LAYOUT: $*" >&2; exit 1; }
while read -r _ _ _ root target options rest; do
  if [ "$target" = /layout ]; then seen=$root; has=$options; type=\${rest#*- }; fi
done < /proc/self/mountinfo
if [ "$#" -gt 0 ]; then
  [ "$seen" = / ] || refuse "$path must be a file system of its own, got a directory of another; mount its disk: mount $path"
  for option in "$@"; do
    case ",$has," in
      *",$option,"*) ;;
      *) refuse "$path must be mounted with $*, got $has; mount -o remount,$option $path, and put it into /etc/fstab";;
    esac
  done
fi
mkdir -p "/layout/$name"
chmod "$mode" "/layout/$name"
chown "$owner" "/layout/$name"
[ "$quota" -gt 0 ] || exit 0
set -- $(stat -f -c '%b %S' "/layout/$name")
got=$(($1 * $2 / 1048576))
[ "$got" -gt "$quota" ] || exit 0
must="$path/$name must have a quota of $quota MiB, got room for $got MiB"
case "$type" in
  "xfs "*) refuse "$must; mount $path with prjquota and run: xfs_quota -x -c 'project -s -p $path/$name $project' -c 'limit -p bhard=\${quota}m $project' $path";;
  "ext4 "*) refuse "$must; mount $path with prjquota (tune2fs -O project,quota) and run: chattr +P -p $project $path/$name && setquota -P $project 0 $((quota * 1024)) 0 0 $path";;
  *) refuse "$must; directories have quotas on XFS and ext4, not on \${type%% *}: give it a file system of that size, or leave quotaMiB out";;
esac`;
