/** Credentials for one registry, as the daemon's `X-Registry-Auth` header wants them. */
export interface RegistryAuth {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}
