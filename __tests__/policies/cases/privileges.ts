import { LOADER, LOCAL_PORT, attributes, ports, type Cases } from "./setups";

/** What a container may do to the host. */
export const privileges: Readonly<Record<string, Cases>> = {
  "CIS-5.2": {
    passes: [attributes({ security_opts: ["no-new-privileges", "apparmor=docker-default"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "apparmor:unconfined"] }),
        "AppArmor must stay on, got apparmor=unconfined; leave apparmor=unconfined out",
      ],
    ],
  },
  "CIS-5.3": {
    passes: [attributes({ security_opts: ["no-new-privileges:true", "label=type:web_t"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "label=disable"] }),
        "SELinux separation must stay on, got label=disable; leave label=disable out",
      ],
    ],
  },
  "CIS-5.4": {
    passes: [attributes({ capabilities: { drop: ["ALL"], add: ["CAP_CHOWN", "NET_BIND_SERVICE"] } }), attributes(LOADER)],
    fails: [
      [
        attributes({ capabilities: [] }),
        "all capabilities must be dropped and only harmless ones given back, got no drop of ALL; leave capabilities out, or name the few that are needed",
      ],
      [
        attributes({ capabilities: [{ drop: ["ALL"], add: ["CAP_SYS_ADMIN", "NET_RAW"] }] }),
        "all capabilities must be dropped and only harmless ones given back, got add of CAP_SYS_ADMIN; leave capabilities out, or name the few that are needed",
        "all capabilities must be dropped and only harmless ones given back, got add of NET_RAW; leave capabilities out, or name the few that are needed",
      ],
    ],
  },
  "CIS-5.5": {
    passes: [attributes({ privileged: false })],
    fails: [
      [
        attributes({ privileged: "true" }),
        "container must not be privileged, got privileged = true; leave privileged out and name the capability that is needed",
      ],
    ],
  },
  "CIS-5.6": {
    passes: [{ hostPaths: ["/srv/data/mysql", "/etcetera"] }],
    fails: ["/", "/etc/", "/usr/share/zoneinfo", "/var/lib/docker/volumes", "/var", "/srv/../etc", "//etc"].map((path) => [
      { hostPaths: [path] },
      `no directory of the system must be mounted, got ${path.endsWith("etc") || path === "/etc/" ? "/etc" : path}; use Storage.volume(), or Storage.hostDirectory() with a directory such as /srv/data`,
    ]),
  },
  "CIS-5.7": {
    passes: [attributes({ command: ["cat", "/etc/ssh/sshd_config"] })],
    fails: [
      [
        attributes({ entrypoint: ["/usr/sbin/sshd", "-D"] }),
        "container must not run an ssh server, got /usr/sbin/sshd; take it out of the command and use docker exec",
      ],
      [
        attributes({ command: ["sh", "-c", "sshd -D & exec app"] }),
        "container must not run an ssh server, got sshd -D & exec app; take it out of the command and use docker exec",
      ],
      [
        ports({ ...LOCAL_PORT, internal: 22 }),
        "container must not run an ssh server, got published port 22; take it out of the command and use docker exec",
      ],
    ],
  },
  "CIS-5.13": {
    passes: [attributes(LOADER)],
    fails: [
      [
        attributes({ read_only: false }),
        "root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written",
      ],
      [
        attributes({ read_only: null }),
        "root file system must be read-only, got no read_only; leave readOnlyRoot out, and give tmpfs or mounts for what is written",
      ],
    ],
  },
  "CIS-5.18": {
    passes: [attributes({ devices: [], gpus: "" })],
    fails: [
      [
        attributes({ devices: [{ host_path: "/dev/sda" }], device_requests: [{ count: 1 }], gpus: "all" }),
        "no device of the host must be given, got /dev/sda; leave devices out",
        "no device of the host must be given, got device_requests; leave devices out",
        "no device of the host must be given, got gpus = all; leave devices out",
      ],
    ],
  },
  "CIS-5.20": {
    passes: [attributes({ mounts: [{ type: "bind", target: "/data", bind_options: [{ propagation: "rslave" }] }] })],
    fails: [
      [
        attributes({ mounts: [{ type: "bind", target: "/data", bind_options: { propagation: "rshared" } }] }),
        "mounts must not be shared with the host, got rshared at /data; leave propagation out, or use rslave",
      ],
    ],
  },
  "CIS-5.21": {
    passes: [attributes({ uts_mode: "" })],
    fails: [[attributes({ uts_mode: "host" }), "container must have a host name of its own, got uts_mode = host; leave uts_mode out"]],
  },
  "CIS-5.22": {
    passes: [attributes({ security_opts: ["no-new-privileges:true", "seccomp=profile.json"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "seccomp:unconfined"] }),
        "seccomp filter must stay on, got seccomp=unconfined; leave seccomp=unconfined out",
      ],
    ],
  },
  "CIS-5.25": {
    passes: [attributes({ cgroupns_mode: "private" })],
    fails: [
      [
        attributes({ cgroup_parent: "/mine", cgroupns_mode: "host" }),
        "container must stay in the engine's cgroup, got cgroup_parent = /mine; leave cgroup_parent and cgroupns_mode out",
        "container must stay in the engine's cgroup, got cgroupns_mode = host; leave cgroup_parent and cgroupns_mode out",
      ],
    ],
  },
  "CIS-5.26": {
    passes: [attributes({ security_opts: ["no-new-privileges"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:false"] }),
        "process must not gain privileges, got no no-new-privileges:true in security_opts; set no-new-privileges:true, as every construct does",
      ],
    ],
  },
  "CIS-5.32": {
    passes: [{ hostPaths: ["/srv/docker.sock.d"] }],
    fails: [[{ hostPaths: ["/srv/docker.sock"] }, "socket of the engine must not be mounted, got /srv/docker.sock; leave the mount out"]],
  },
};
