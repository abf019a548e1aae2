import { removeSharedStack } from "./shared-stack";

// Before and after all files: what a broken run has left behind must not decide this one.
export = removeSharedStack;
