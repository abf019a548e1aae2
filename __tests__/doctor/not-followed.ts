/** What cannot be followed on a host that shares its kernel with others and has no way out, as docs/doctor.md has it. */
export const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  "HOST-API": "another engine has to be installed",
  "HOST-NATIVE-DIFF": "a parameter of the kernel, which others share",
  "HOST-CGROUP": "the kernel has to start anew",
  "HOST-CONTROLLERS": "the kernel has to start anew",
  "HOST-SWAP": "the kernel has to start anew",
  "HOST-SECCOMP": "another kernel has to be started",
  "HOST-APPARMOR": "another kernel has to be started",
  "HOST-FIREWALL": "its package has to be fetched",
};
