import { oc } from '@orpc/contract'
import type { z } from 'zod'
import type { Allow } from './permissions.ts'

export interface ProcedureMeta {
  allow: Allow
  reachesOut: boolean
  atSource: boolean
}

export interface ProcedureOptions<Input extends z.ZodType, Output extends z.ZodType> {
  /** Who may call it. Mandatory: an API procedure without it does not compile. */
  allow: Allow
  /**
   * It asks a network before it writes. No transaction is open meanwhile, or a slow network would hold a connection of
   * the database; the procedure opens its own afterwards. Also where one request is many transactions.
   */
  reachesOut?: true
  /**
   * Having the permission for one source is enough to call it: it asks for it again at the source of what it changes
   * (requireAtSource). Without this a change needs the permission in the whole workspace. Reading needs no word of it: what
   * is closed to somebody is hidden by the database.
   */
  atSource?: true
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/v1, with {parameters} named as in input. */
  path: `/${string}`
  /** One sentence for the API's readers. */
  summary: string
  input: Input
  output: Output
}

/** The only way to make an API procedure. */
export const procedure = <Input extends z.ZodType, Output extends z.ZodType>(
  options: ProcedureOptions<Input, Output>,
) =>
  oc
    .$meta<ProcedureMeta>({
      allow: options.allow,
      reachesOut: options.reachesOut ?? false,
      atSource: options.atSource ?? false,
    })
    .route({
      method: options.method,
      path: options.path,
      summary: options.summary,
      tags: [options.path.split('/')[1] ?? ''],
      // What a key needs stands in the description of the API too.
      spec: (operation) => ({ ...operation, 'x-permission': options.allow }),
    })
    .input(options.input)
    .output(options.output)
