/** Settings that follow from a memory cap. */
export interface MySqlTuning {
  readonly bufferPoolMiB: number;
  readonly maxConnections: number;
  /** Threads of the server with every connection in use, and room for the probe. */
  readonly pidsLimit: number;
}

/** Resident memory of an idle server with a buffer pool of 64 MiB, measured 182 to 203. */
const BASE_MIB = 192;
/** Below this a pool saves almost nothing. */
const LEAST_POOL_MIB = 64;

/**
 * @param memoryMiB - cap of the container, at least 64 more than the base
 * @param baseMiB - what the server takes beside its pool
 */
export function mysqlTuning(memoryMiB: number, baseMiB = BASE_MIB): MySqlTuning {
  const spare = memoryMiB - baseMiB;
  const bufferPoolMiB = Math.max(LEAST_POOL_MIB, Math.floor((spare * 0.7) / 32) * 32);
  const maxConnections = Math.min(400, 40 + Math.floor((memoryMiB - 256) / 16));
  return { bufferPoolMiB, maxConnections, pidsLimit: 64 + 2 * maxConnections };
}

/** Settings for one container of that size: what serves large hosts only is off or small. */
export function mysqlConfig(memoryMiB: number): string {
  const { bufferPoolMiB, maxConnections } = mysqlTuning(memoryMiB);
  return `[mysqld]
skip-name-resolve
secure-file-priv=NULL
loose-mysqlx=OFF
performance_schema=OFF
loose-innodb_numa_interleave=OFF
innodb_buffer_pool_size=${String(bufferPoolMiB)}M
innodb_log_buffer_size=1M
innodb_redo_log_capacity=32M
innodb_io_capacity=200
innodb_io_capacity_max=400
innodb_read_io_threads=1
innodb_write_io_threads=1
innodb_purge_threads=1
innodb_doublewrite_pages=16
key_buffer_size=64K
table_open_cache=200
table_open_cache_instances=1
table_definition_cache=400
max_connections=${String(maxConnections)}
disable-log-bin
tmp_table_size=4M
max_heap_table_size=4M
temptable_max_ram=8M
temptable_max_mmap=0
`;
}
