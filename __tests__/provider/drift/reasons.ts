import type { Reason } from "./case";

/** How Terraform treats an object: waiting, grace, limits of time. */
export const TREATMENT: Reason = {
  name: "treatment",
  why: "says how Terraform treats the object; one made with it and one made without are the same to the engine",
};
