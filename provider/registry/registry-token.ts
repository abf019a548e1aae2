import type { RegistryAuth } from "../registry-auth";
import type { Challenge } from "./challenge";
import { exchange, type RegistryRequest } from "./registry-exchange";
import { RegistryError, registryReason } from "./registry-error";

const CLIENT_ID = "docker-tiers";

/** A header that answers a challenge with credentials: the credentials themselves, or a token that they buy. */
export async function answerChallenge(
  challenge: Challenge,
  auth: RegistryAuth | undefined,
  scope: string,
  request: Pick<RegistryRequest, "signal" | "insecure">,
): Promise<string | undefined> {
  if (challenge.scheme === "basic") return auth?.username ? basic(auth) : undefined;
  if (challenge.scheme !== "bearer") return undefined;
  return `Bearer ${await fetchToken(challenge, auth, scope, request)}`;
}

function basic({ username, password }: RegistryAuth): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function fetchToken(
  { parameters }: Challenge,
  auth: RegistryAuth | undefined,
  scope: string,
  request: Pick<RegistryRequest, "signal" | "insecure">,
): Promise<string> {
  const { realm = "", service = "" } = parameters;
  const query = new URLSearchParams({ service, scope: parameters["scope"] ?? scope });
  const answer = auth?.identityToken
    ? await exchange(new URL(realm), refresh(query, auth.identityToken, request))
    : await exchange(withQuery(realm, query), { ...request, headers: auth?.username ? { authorization: basic(auth) } : {} });
  const body = answer.body.toString("utf8");
  if (answer.status !== 200) throw new RegistryError(answer.status, registryReason(answer.status, body));
  const { token, access_token: accessToken } = JSON.parse(body) as { token?: string; access_token?: string };
  return token ?? accessToken ?? "";
}

function withQuery(realm: string, query: URLSearchParams): URL {
  const url = new URL(realm);
  for (const [name, value] of query) url.searchParams.set(name, value);
  return url;
}

/** What a credential helper stores as `<token>` is traded in by a form. */
function refresh(query: URLSearchParams, token: string, request: Pick<RegistryRequest, "signal" | "insecure">): RegistryRequest {
  const form = new URLSearchParams([...query, ["grant_type", "refresh_token"], ["client_id", CLIENT_ID], ["refresh_token", token]]);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { ...request, method: "POST", headers, body: form.toString() };
}
