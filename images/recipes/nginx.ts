import { ownRecipe } from "../recipe";

const MAIN = `worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;

events {
    worker_connections 1024;
}

http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log /var/log/nginx/access.log combined;
    sendfile on;
    keepalive_timeout 65;
    server_tokens off;
    include /etc/nginx/conf.d/*.conf;
}
`;

const DEFAULT_SERVER = `server {
    listen 80;
    server_name localhost;
    location / {
        root /usr/share/nginx/html;
        index index.html;
    }
}
`;

const WELCOME = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>nginx</title></head>
<body><h1>nginx is running</h1><p>Mount a site at /usr/share/nginx/html, or a configuration at /etc/nginx/conf.d.</p></body>
</html>
`;

/** nginx 1.30, which looks names of upstreams up again (`server ... resolve`, since 1.27.3); runs as 101:101 on a read-only root. */
export const nginxRecipe = ownRecipe({
  name: "nginx",
  version: "1.30",
  suite: "sid",
  packages: ["nginx", "nginx-common"],
  paths: ["/usr/sbin/nginx", "/etc/nginx/mime.types"],
  files: [
    { path: "/etc/nginx/nginx.conf", content: MAIN },
    { path: "/etc/nginx/conf.d/default.conf", content: DEFAULT_SERVER },
    { path: "/usr/share/nginx/html/index.html", content: WELCOME },
  ],
  links: [
    { path: "/var/log/nginx/access.log", target: "/dev/stdout" },
    { path: "/var/log/nginx/error.log", target: "/dev/stderr" },
    // The distribution's nginx keeps request bodies here, the official image in /var/cache/nginx.
    { path: "/var/lib/nginx", target: "../cache/nginx" },
  ],
  directories: [
    { path: "/run", uid: 101, gid: 101 },
    { path: "/var/cache/nginx", uid: 101, gid: 101 },
  ],
  users: [{ name: "nginx", uid: 101, home: "/nonexistent" }],
  config: {
    cmd: ["nginx", "-g", "daemon off;"],
    user: "101:101",
    stopSignal: "SIGQUIT",
    exposedPorts: [80],
    healthcheck: {
      test: ["CMD-SHELL", "nc -w 2 127.0.0.1 80 </dev/null"],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 5,
      retries: 3,
    },
  },
});
