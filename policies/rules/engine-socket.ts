import { containerRule } from "../rule";

const SOCKET = /(^|\/)(docker|containerd|podman|crio)\.sock$/;

export const engineSocket = containerRule(
  {
    id: "CIS-5.32",
    severity: "error",
    cis: "5.32",
    owasp: ["1"],
    must: "socket of the engine must not be mounted",
    why: "who may talk to the engine is root on the host",
    mend: "leave the mount out",
    check: ({ hostPaths }) => hostPaths.filter((path) => SOCKET.test(path)),
  },
  () => true,
);
