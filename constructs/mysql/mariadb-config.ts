import { mysqlTuning, type MySqlTuning } from "./mysql-config";

/** Eight large queries at once, beside a pool of 64 MiB, took 166 in all. */
const BASE_MIB = 128;

/** @param memoryMiB - cap of the container, at least 192 */
export const mariadbTuning = (memoryMiB: number): MySqlTuning => mysqlTuning(memoryMiB, BASE_MIB);

/** As for MySQL, in the names that this server knows. It takes a directory where MySQL takes NULL: statements reach no other files. */
export function mariadbConfig(memoryMiB: number): string {
  const { bufferPoolMiB, maxConnections } = mariadbTuning(memoryMiB);
  return `[mysqld]
skip-name-resolve
secure-file-priv=/docker-entrypoint-initdb.d
performance_schema=OFF
loose-innodb_linux_aio=aio
innodb_buffer_pool_size=${String(bufferPoolMiB)}M
innodb_log_buffer_size=2M
innodb_log_file_size=32M
innodb_io_capacity=200
innodb_io_capacity_max=400
innodb_read_io_threads=1
innodb_write_io_threads=2
innodb_purge_threads=1
key_buffer_size=64K
aria_pagecache_buffer_size=8M
table_open_cache=200
table_open_cache_instances=1
table_definition_cache=400
max_connections=${String(maxConnections)}
skip-log-bin
tmp_table_size=4M
max_heap_table_size=4M
`;
}
