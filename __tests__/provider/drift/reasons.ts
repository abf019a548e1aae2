import type { Reason } from "./case";

/** How Terraform treats an object: waiting, grace, limits of time. */
export const TREATMENT: Reason = {
  name: "treatment",
  why: "says how Terraform treats the object; one made with it and one made without are the same to the engine",
};

export const TRIGGER: Reason = {
  name: "trigger",
  why: "is a value of the configuration's own, which no engine and no registry ever gets",
};

export const BUILT: Reason = {
  name: "input of a build",
  why: "went into a build, of which the image is what is left; that the name has come to stand for another image than was built is a new build",
};

export const CREDENTIAL: Reason = {
  name: "credential",
  why: "is sent with a request and kept by nobody",
};

export const WRITE_ONLY: Reason = {
  name: "write-only",
  why: "never comes back from the engine; another value is another secret, with another id",
};

export const REFUSED: Reason = {
  name: "refused",
  why: "cannot be configured: volumes of a swarm's CSI drivers are refused",
};
