import path from 'node:path'
import { z } from 'zod'

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  RAPPORT_HOME: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  RAPPORT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAPPORT_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  RAPPORT_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  RAPPORT_NEXT_FREE_PORT: flag.default(false),
  /** Comma-separated hosts or networks that feeds and services may be fetched from although they are private. */
  RAPPORT_ALLOW_PRIVATE: z.string().default(''),
  /** Number of trusted reverse proxies in front; their X-Forwarded-For is believed. */
  RAPPORT_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Address of a Bluesky Jetstream; 'off' keeps the whole-network stream closed. */
  RAPPORT_BLUESKY_STREAM: z.string().default('wss://jetstream2.us-east.bsky.network'),
  /** Where the posts, pictures and profiles of that stream are shown; bsky.app and its companions when left out. */
  RAPPORT_BLUESKY_APP: z.url({ protocol: /^https?$/ }).optional(),
  /** Of each stream about so many posts a day are kept for some days, drawn at random, without author; 0: none. */
  RAPPORT_UNMATCHED_SAMPLE_PER_DAY: z.coerce.number().int().min(0).max(100_000).default(8_000),
  RAPPORT_TELEMETRY_URL: z.url().optional(),
  /** The largest file of posts that is taken. */
  RAPPORT_IMPORT_FILE_MEGABYTES: z.coerce.number().int().min(1).max(102_400).default(1_024),
  /** All files of one workspace that wait to be imported or audited. */
  RAPPORT_IMPORT_WORKSPACE_MEGABYTES: z.coerce.number().int().min(1).max(1_024_000).default(4_096),
})

export interface Config {
  port: number
  nextFreePort: boolean
  home: string
  databaseUrl: string | null
  /** Without a trailing slash. */
  publicUrl: string
  role: 'all' | 'web' | 'worker'
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  allowPrivate: string[]
  trustedProxies: number
  blueskyStream: string | null
  blueskyApp: string | null
  unmatchedSamplePerDay: number
  telemetryUrl: string | null
  importFileMegabytes: number
  importWorkspaceMegabytes: number
}

export const PROJECT_FOLDER = path.resolve(import.meta.dirname, '../..')

export class ConfigFault extends Error {}

/** Variables of our name that other programs of ours read (tests, scripts): known, though not configuration of the server. */
const ALSO_KNOWN = ['RAPPORT_DATA', 'RAPPORT_TEST_DATABASE_URL', 'RAPPORT_CHROMIUM', 'RAPPORT_REDIS_SERVER', 'NATS_URL']

/** Reads the environment once and reports all faults together. Throws ConfigFault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const known = [...Object.keys(schema.shape), ...ALSO_KNOWN]
  for (const name of Object.keys(given)) {
    if (!name.startsWith('RAPPORT_') || known.includes(name)) continue
    const near = known.find((candidate) => distance(candidate, name) <= 3)
    faults.push(`${name}: not a variable of Rapport${near ? `; did you mean ${near}?` : ''}`)
  }
  if (!parsed.success || faults.length > 0)
    throw new ConfigFault(
      `The environment has ${faults.length === 1 ? 'a fault' : 'faults'}:\n  ${faults.join('\n  ')}`,
    )
  const values = parsed.data
  return {
    port: values.PORT,
    nextFreePort: values.RAPPORT_NEXT_FREE_PORT,
    home: path.resolve(values.RAPPORT_HOME ?? path.join(PROJECT_FOLDER, 'data')),
    databaseUrl: values.DATABASE_URL ?? null,
    publicUrl: (values.RAPPORT_PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    role: values.RAPPORT_ROLE,
    logLevel: values.RAPPORT_LOG,
    allowPrivate: values.RAPPORT_ALLOW_PRIVATE.split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
    trustedProxies: values.RAPPORT_TRUSTED_PROXIES,
    blueskyStream: values.RAPPORT_BLUESKY_STREAM === 'off' ? null : values.RAPPORT_BLUESKY_STREAM,
    blueskyApp: values.RAPPORT_BLUESKY_APP ?? null,
    unmatchedSamplePerDay: values.RAPPORT_UNMATCHED_SAMPLE_PER_DAY,
    telemetryUrl: values.RAPPORT_TELEMETRY_URL ?? null,
    importFileMegabytes: values.RAPPORT_IMPORT_FILE_MEGABYTES,
    importWorkspaceMegabytes: values.RAPPORT_IMPORT_WORKSPACE_MEGABYTES,
  }
}

/** Levenshtein distance, two rows. */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const change = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[to.length] ?? 0
}
