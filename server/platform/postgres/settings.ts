import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

/** Web, worker, and a command line beside them, each with a pool of its own. */
const CONNECTIONS_MAX = 60
const MB = 1024 * 1024
/** Docker gives 64 MB of /dev/shm, too little for a parallel query. */
const SHARED_MEMORY_FOLDER_BYTES_MIN = 256 * MB

/**
 * All settings go on the command line, so that they change with the program and not with the age of the data folder.
 * `durable: false` is for throw-away databases of tests: a crash of the machine would lose them, and no statistics change unasked.
 */
export function settings({ socket, port, durable }: { socket: string; port: number; durable: boolean }): string[] {
  const values: Record<string, string | number> = {
    ...(process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1' }
      : { listen_addresses: '', unix_socket_directories: quoteList(socket), unix_socket_permissions: '0700' }),
    port,
    max_connections: CONNECTIONS_MAX,
    ...memory(process.constrainedMemory() || totalmem(), totalmem()),
    jit: 'off',
    random_page_cost: 1.1,
    wal_compression: 'on',
    max_wal_size: '1GB',
    timezone: 'UTC',
    // Errors of a statement reach the application, which logs them; here they would put people's data into a log file.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    // Until tables that were empty are counted, checks of foreign keys read them from end to end: the first big file of
    // contacts would crawl for a minute.
    autovacuum_naptime: '10s',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function memory(limitBytes: number, machineBytes: number) {
  const mb = Math.floor(Math.min(limitBytes, machineBytes) / MB)
  const share = (part: number, least: number, most: number) =>
    `${Math.min(most, Math.max(least, Math.floor(mb / part)))}MB`
  return {
    shared_buffers: share(8, 64, 1024),
    effective_cache_size: share(2, 256, 65_536),
    maintenance_work_mem: share(32, 32, 256),
    work_mem: '8MB',
    ...(sharedMemoryFolderIsSmall() ? { dynamic_shared_memory_type: 'mmap' } : {}),
  }
}

function sharedMemoryFolderIsSmall(): boolean {
  if (process.platform !== 'linux') return false
  try {
    const { blocks, bsize } = statfsSync('/dev/shm')
    return blocks * bsize < SHARED_MEMORY_FOLDER_BYTES_MIN
  } catch {
    return true
  }
}

/** unix_socket_directories is a list: a path with a comma or a blank stands in double quotes. */
function quoteList(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}
