export const BUSYBOX_PACKAGE = "busybox";

/** Where the package and the images have it. */
export const BUSYBOX_PATH = "/usr/bin/busybox";

/** Commands of busybox that every image offers; a package's own command of the same path wins. */
export const BUSYBOX_COMMANDS = (
  "[ ash awk base64 basename cat chgrp chmod chown clear cmp cp cut date dd df diff dirname du echo egrep env expr " +
  "false fgrep find free grep gunzip gzip head hexdump hostname id ip kill less ln logger ls md5sum " +
  "mkdir mkfifo mktemp more mount mv nc netstat nproc nslookup od pidof ping printf " +
  "ps pwd readlink realpath renice reset rm rmdir route sed seq setsid sh sha1sum sha256sum sha512sum sleep sort stat " +
  "stty sync tail tar tee telnet test time timeout top touch tr traceroute true truncate tty umount uname uniq uptime usleep vi " +
  "watch wc wget which who whoami xargs yes zcat"
).split(" ");
