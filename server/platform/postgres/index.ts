export { PostgresFailure } from './failures.ts'
export { type RunningPostgres, startPostgres, stopUnusedPostgres } from './start-postgres.ts'
