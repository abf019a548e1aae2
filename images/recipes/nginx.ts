import type { PackageRecipe } from "../recipe";

/** nginx 1.30: its upstreams can re-resolve names (`server ... resolve`, since 1.27.3). */
export const nginxRecipe: PackageRecipe = {
  name: "nginx",
  version: "1.30",
  suite: "sid",
  packages: ["nginx", "nginx-common"],
  paths: ["/usr/sbin/nginx", "/etc/nginx/mime.types"],
  users: [{ name: "nginx", uid: 101, home: "/nonexistent" }],
  config: {
    cmd: ["nginx", "-g", "daemon off;"],
    user: "101:101",
    stopSignal: "SIGQUIT",
    exposedPorts: [80],
  },
};
