import { z } from 'zod'
import { importProblem } from './import-shapes.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { importOf, importPath, importProcedures, REHEARSAL, rowsEstimated } from './people-imports.ts'
import { personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const PURCHASE_KINDS = ['order', 'contract'] as const
export const PURCHASE_STATES = ['open', 'completed', 'cancelled', 'refunded', 'active', 'ended'] as const
export const PURCHASES_AT_ONCE_MAX = 1_000
const ITEMS_MAX = 100

const system = z.string().trim().min(1).max(100).describe('Which system tells it, such as shopware')
const externalId = z.string().trim().min(1).max(200).describe('Its number in that system')
const minorUnits = z
  .string()
  .regex(/^\d{1,18}$/)
  .describe('In the smallest unit of the currency, as text: "12000" is 120.00 EUR and 12,000 JPY')
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217')
const day = z.iso.date()
const item = z.object({
  title: z.string().trim().min(1).max(300),
  quantity: z.string().max(30).optional(),
  amount: minorUnits.optional(),
})

/** Whose it is. A number or address that nobody is known by yet waits until somebody is. */
const customer = z.union([
  z
    .object({ number: z.string().trim().min(1).max(200), system: system.optional() })
    .describe('Absent system: that of the purchase'),
  z.object({ mail: z.string().trim().min(3).max(320) }),
  z.object({ phone: z.string().trim().min(3).max(50).describe('With the country: +49 …') }),
  z.object({ personId: id }),
])

/** What is absent stays as it is; null clears it. */
export const purchaseChange = z.object({
  kind: z.enum(PURCHASE_KINDS).optional().describe('Needed for a new one'),
  customer: customer.optional().describe('Needed for a new one'),
  state: z.enum(PURCHASE_STATES).optional().describe('Absent for a new one: an order is open, a contract active'),
  title: z.string().max(300).optional(),
  happenedAt: z.coerce.date().optional().describe('When it was placed or signed. Needed for a new one'),
  runsFrom: day.nullish(),
  runsUntil: day.nullish(),
  amount: minorUnits.nullish(),
  refunded: minorUnits.optional().describe('Of the amount, what was given back'),
  currency: currency.nullish(),
  items: z.array(item).max(ITEMS_MAX).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullish(),
  toldAt: z.coerce.date().optional().describe('Of which moment this is; older news change nothing. Absent: now'),
  ifUpdatedAt: z.coerce.date().optional().describe('Refused when it was changed here since'),
})

const problem = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

export const PURCHASE_OUTCOMES = ['created', 'updated', 'unchanged', 'stale', 'changed-meanwhile', 'refused'] as const
const outcome = z.object({
  externalId: z.string(),
  outcome: z.enum(PURCHASE_OUTCOMES).describe('stale: older than what is known'),
  purchaseId: id.nullable(),
  updatedAt: z.date().nullable(),
  problem: problem.nullable(),
})

export const purchaseSchema = z.object({
  purchaseId: id,
  kind: z.enum(PURCHASE_KINDS),
  system: z.string(),
  externalId: z.string(),
  state: z.enum(PURCHASE_STATES),
  title: z.string(),
  happenedAt: z.date(),
  runsFrom: z.string().nullable(),
  runsUntil: z.string().nullable(),
  amount: z.string().nullable().describe('Minor units'),
  refunded: z.string(),
  currency: z.string().nullable(),
  items: z.array(item),
  url: z.string().nullable(),
  customer: z.object({ kind: z.string(), scope: z.string(), value: z.string() }).nullable(),
  person: personBriefSchema.nullable().describe('Null: nobody is known by that number or address yet'),
  updatedAt: z.date(),
  withdrawn: z.object({ at: z.date(), because: z.string() }).nullable(),
})

const mapping = z.record(z.string().max(300), z.string().max(50)).describe('Column of the file → field of a purchase')

/** How a file of orders or contracts is to be read. */
export const PURCHASE_IMPORT_SETTINGS = z.object({
  mapping: mapping.optional().describe('Absent: guessed'),
  system: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/),
  kind: z.enum(PURCHASE_KINDS).default('order').describe('Of rows that name none'),
  currency: currency.optional().describe('Of amounts that name none'),
  timeZone: z.string().max(64).optional().describe('IANA zone of times that name none; absent: UTC'),
})
export type PurchaseImportSettings = z.infer<typeof PURCHASE_IMPORT_SETTINGS>

const counts = z.object({ created: z.number().int(), updated: z.number().int(), unchanged: z.number().int() })

const rehearsal = z.object({
  ...REHEARSAL,
  counts,
  samples: z.array(
    z.object({
      line: z.number().int(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
      title: z.string(),
      problem: importProblem.nullable(),
    }),
  ),
})
export type PurchaseRehearsal = z.infer<typeof rehearsal>

const importSchema = importOf({
  counts,
  settings: PURCHASE_IMPORT_SETTINGS.partial(),
  rehearsal: rehearsal.nullable(),
})

const imports = {
  ...importProcedures({
    path: '/purchase-imports',
    of: 'orders and contracts',
    view: importSchema,
    settings: PURCHASE_IMPORT_SETTINGS,
    rejected: 'Rows that were refused, by line',
  }),
  inspect: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/purchase-imports/{importId}/inspection',
    summary: 'Reads the beginning of the file: columns, guessed mapping, what stands in the way',
    input: importPath.extend({ mapping: mapping.optional() }),
    output: z.object({
      format: z.string().nullable(),
      rowsEstimated,
      columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
      fields: z.array(z.string()),
      mapping,
      problems: z.array(importProblem),
    }),
  }),
}

const key = z.object({ system, externalId })

export const purchases = {
  imports,
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/purchases',
    summary: 'Orders and contracts, newest first: of a person, of an organisation, or all',
    input: page.extend({ personId: id.optional(), organisationId: id.optional() }),
    output: pageOf(purchaseSchema),
  }),
  totals: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/purchase-totals',
    summary:
      'What a person bought and agreed to, by currency; cancelled and withdrawn ones are left out, refunds are taken off',
    input: z.object({ personId: id }),
    output: z.object({
      totals: z.array(
        z.object({
          currency: z.string().nullable(),
          orders: z.number().int(),
          orderAmount: z.string().describe('Minor units'),
          contracts: z.number().int().describe('Those that run'),
          contractAmount: z
            .string()
            .describe(
              'Minor units; what was agreed, as told, mostly for a month, so it is not added to that of orders',
            ),
          firstAt: z.date(),
          lastAt: z.date(),
        }),
      ),
    }),
  }),
  get: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/purchases/{system}/{externalId}',
    summary: 'One order or contract by its number',
    input: key,
    output: purchaseSchema,
  }),
  put: procedure({
    allow: 'imports.run',
    method: 'PUT',
    path: '/purchases/{system}/{externalId}',
    summary:
      'Tells an order or contract, or what became of it: new by its number, or changed. Telling it twice changes nothing',
    input: key.extend(purchaseChange.shape),
    output: outcome,
  }),
  putMany: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/purchases/{system}/many',
    summary: 'Up to 1,000 at once, each with its own outcome; one that is refused leaves the others as they are',
    input: z.object({
      system,
      purchases: z.array(purchaseChange.extend({ externalId })).min(1).max(PURCHASES_AT_ONCE_MAX),
    }),
    output: z.object({ outcomes: z.array(outcome).describe('In the order of what was sent') }),
  }),
  withdraw: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/purchases/{system}/{externalId}/withdrawal',
    summary: 'Takes one back that was told wrongly; it stays in the history and counts nowhere',
    input: key.extend({ reason: z.string().trim().min(1, 'say why').max(500) }),
    output: nothing,
  }),
}
