export { BridgeNetwork, type BridgeNetworkProps } from "./networks/bridge-network";
export { DeclaredNetwork, type NetworkDeclaration } from "./networks/declared-network";
export type { Dns } from "./networks/dns";
export { IpvlanNetwork, type IpvlanNetworkProps } from "./networks/ipvlan-network";
export { MacvlanNetwork, type MacvlanNetworkProps } from "./networks/macvlan-network";
export type { INetwork } from "./networks/network";
export { NetworkMode } from "./networks/network-mode";
export { OverlayNetwork, type OverlayNetworkProps } from "./networks/overlay-network";
export type { StaticAddress } from "./networks/static-address";
export type { Subnet } from "./networks/subnet";
export type { BoundImage, IContainerImage } from "./images/bound-image";
export type { BuildOptions } from "./images/build-options";
export type { AllowFromOptions } from "./client-access";
export { Connections, type Connection, type ConnectionEnds, type NetworkMember, type SharedNetwork } from "./connections";
export { ConfigVolume, type ConfigVolumeProps } from "./config-volume";
export { Container } from "./container";
export { ContainerImage, imageOf } from "./images/container-image";
export type { Attachment, ContainerSpec, Lifetime, PublishedPort, Upload } from "./container-spec";
export { EmbeddedDockerProvider, KREUZWERKER_VERSION, PublicDockerProvider, type HostProviderConfig } from "./docker-provider";
export { ConstructError } from "./errors";
export { GeneratedSecret, type GeneratedSecretProps } from "./generated-secret";
export { Health, type HealthTiming } from "./health";
export { Job, type JobProps } from "./job";
export { LABEL } from "./labels";
export type { AwsLogsOptions, GcpLogsOptions, LogentriesOptions, SplunkOptions } from "./logs/cloud-logs";
export type { FluentdOptions, GelfOptions, SyslogOptions } from "./logs/forwarded-logs";
export type { JournaldOptions, JsonFileOptions, LocalLogOptions } from "./logs/host-logs";
export { LogDelivery } from "./logs/log-delivery";
export { LogDriver } from "./logs/log-driver";
export { LogRotation, type LogRotationProps } from "./logs/log-rotation";
export type { LogFiles, LogMetadata, LogOptions } from "./logs/log-options";
export type { RemoteLogOptions, RemoteOptions } from "./logs/remote-log-options";
export type { MySqlEngine } from "./mysql/engine";
export type { Mount, Tmpfs } from "./storage/mount";
export { MySql, type DatabaseAccess, type MigrateOptions, type MySqlProps } from "./mysql/mysql";
export type { MigrationTexts } from "./mysql/migrations";
export type { MySqlOptions } from "./mysql/settings";
export { MySqlTls, type MySqlCertificate } from "./mysql/tls";
export type { MySqlPrivilege, MySqlPrivileges } from "./mysql/privileges";
export { Namespace, type ContainerIdentity, type INamespaceHolder } from "./namespaces/namespace";
export type { Namespaces } from "./namespaces/namespaces";
export { packageRoot } from "./package-root";
export type { ProviderSource } from "./provider-source";
export { hostPathFault } from "./storage/host-path";
export { Refusal } from "./refusal";
export type { BlockIo, DeviceBounds } from "./resources/block-io";
export type { Resources } from "./resources/resources";
export type { Ulimits } from "./resources/ulimits";
export type { RuntimeOptions } from "./runtime-options";
export type { RedisCategory, RedisGrant } from "./redis/acl-rules";
export { Redis, type RedisAccess, type RedisProps } from "./redis/redis";
export type { RedisEviction, RedisPersistence } from "./redis/redis-config";
export { Secret, type SecretMountOptions, type StoreOptions } from "./secret";
export { Service, type ServiceProps } from "./service";
export { setStackDefaults, type StackDefaults } from "./stack-defaults";
export {
  StateBackend,
  type AzurermStateProps,
  type GcsStateProps,
  type HttpStateProps,
  type PgStateProps,
  type S3StateProps,
} from "./state-backend";
export { HostLayout, type HostLayoutProps } from "./storage/host-layout";
export type { Quota } from "./storage/quota";
export { storageOf } from "./storage/storage-of";
export { Storage, type StoragePlace } from "./storage/storage";
export type { User } from "./user";
export { Workload, type ContainerOptions, type IClient, type WorkloadSettings } from "./workload";
export type { MountedCertificate } from "./web/certificate-volume";
export type { Fragments, HttpOptions } from "./web/http-options";
export type { CertificateFiles, TlsProfile } from "./web/nginx-tls";
export type { Publish } from "./web/publish";
export { RateLimit } from "./web/rate-limit";
export type { Route, Routes } from "./web/route";
export { Site, type SiteOptions } from "./web/site";
export { Tls, type HostPathTlsOptions, type Hsts, type SelfSignedTlsOptions, type TlsOptions } from "./web/tls";
export { WebTier, type WebTierProps } from "./web/web-tier";
