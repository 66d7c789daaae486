import type { TestProject } from 'vitest/node'
import { startTestCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's connection to the PostgreSQL of this run: `inject('adminDatabaseUrl')` in a test. */
    adminDatabaseUrl: string
  }
}

/** Runs once before all tests. What every test file needs in the cluster (the template database) is made here. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster(process.env.RAPPORT_TEST_DATABASE_URL)
  project.provide('adminDatabaseUrl', cluster.adminUrl)
  return () => cluster.stop()
}
