export { connectionUrl, type PostgresConnection } from './connection.ts'
export { PostgresFailure, type PostgresFailureReason } from './failures.ts'
export { type ProcessLock, tryLock, waitForLock } from './process-lock.ts'
export { type PostgresOptions, type RunningPostgres, startPostgres, stopUnusedPostgres } from './start-postgres.ts'
