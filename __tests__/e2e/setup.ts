import { RUNS } from "./host-lock";
import { removeSharedStack } from "./shared-stack";

/** Before all files: one run at a time, and what a broken one has left behind must not decide this one. */
export = async (): Promise<void> => {
  await RUNS.take();
  await removeSharedStack();
};
