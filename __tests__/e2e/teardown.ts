import { RUNS } from "./host-lock";
import { removeSharedStack } from "./shared-stack";

/** After all files. */
export = async (): Promise<void> => {
  await removeSharedStack();
  await RUNS.release();
};
