import { compareApi, isApiVersion, NEWEST_API, OLDEST_API } from "../../engine";
import { ofEngine, unless, type Check } from "../check";

export const api: Check = {
  id: "HOST-API",
  severity: "error",
  cis: "1.2.2",
  owasp: ["0"],
  must: `the engine must speak an API of ${OLDEST_API} to ${NEWEST_API}`,
  why: "what an older engine does not know, such as health in time, cannot be waited for",
  mend: "update Docker to 20.10 or newer, or this package where the engine is newer than it",
  check: ofEngine(({ version, api: newest, oldestApi }) =>
    unless(
      isApiVersion(newest) && isApiVersion(oldestApi) && compareApi(newest, OLDEST_API) >= 0 && compareApi(oldestApi, NEWEST_API) <= 0,
      {
        got: `${oldestApi} to ${newest} of Docker ${version}`,
        commands: ["apt-get update", "apt-get install -y --only-upgrade docker.io"],
      },
    ),
  ),
};
