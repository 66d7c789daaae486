import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  columnsIn,
  type DataRegister,
  OF_THE_MACHINE,
  type PersonalTable,
  PURPOSES,
  type Purpose,
} from '../../platform/personal-data.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'
import { COLUMN_LABELS } from '../access/column-labels.ts'
import { BASIS_LABELS, type Language, labelOf, PURPOSE_LABELS, type Words } from '../access/labels.ts'
import { personalTables } from '../register/register.ts'
import { listRules, type Rule } from '../retention/rules.ts'
import { type Block, htmlOf, markdownOf } from './document.ts'
import { keptLabel, RECORD_LABELS, RETENTION_LABELS } from './labels.ts'
import { RECORD_TABLES } from './table-labels.ts'

interface Ask {
  language: Language
  format: 'html' | 'markdown'
  register: DataRegister
  kinds: readonly RetentionKind[]
}

/**
 * The record of processing activities (Art. 30 GDPR), as it follows from what the modules declare, the retention rules and
 * the sources, keys and mail of the workspace: it cannot say other than what the house does.
 */
export async function recordOfProcessing(tx: WorkspaceTransaction, services: Services, ask: Ask): Promise<string> {
  const { language } = ask
  const say = (key: keyof typeof RECORD_LABELS) => labelOf(RECORD_LABELS[key], language)
  const { name, timeZone } = await workspaceOf(tx)
  const made = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(services.clock.now())
  const rules = await listRules(tx, ask.kinds)
  const tables = personalTables(ask.register)
  const blocks: Block[] = [
    { title: `${say('title')}: ${name}` },
    { text: `${say('made')} ${made}. ${say('intro')}` },
    { heading: say('controller') },
    { list: [`${say('controllerName')}: ${name}`, say('controllerMissing')] },
    ...PURPOSES.flatMap((purpose) => activity(purpose, tables, rules, language)),
    { heading: say('recipients') },
    { list: await recipientsOf(tx, language) },
    { heading: say('transfers') },
    { text: say('transfersText') },
    { heading: say('retention') },
    { table: [[say('data'), say('days'), say('because')], ...rules.map((rule) => ruleRow(rule, language))] },
    { heading: say('measures') },
    { list: RECORD_LABELS_MEASURES.map((key) => say(key)) },
  ]
  return ask.format === 'html' ? htmlOf(blocks, language) : markdownOf(blocks)
}

const RECORD_LABELS_MEASURES = ['separation', 'encryption', 'access', 'trail', 'erasureMeasure', 'noAi'] as const

/** One activity is one purpose: whose data, which, on which basis, how long. */
function activity(purpose: Purpose, tables: PersonalTable[], rules: Rule[], language: Language): Block[] {
  const mine = tables.filter((table) => table.purpose === purpose)
  if (mine.length === 0) return []
  const say = (key: keyof typeof RECORD_LABELS) => labelOf(RECORD_LABELS[key], language)
  const bases = [...new Set(mine.map(({ basis }) => basis))]
  return [
    { heading: labelOf(PURPOSE_LABELS[purpose] ?? ['', '', ''], language) },
    {
      list: [
        `${say('whose')}: ${[...new Set(mine.map(({ whose }) => say(whose)))].join(', ')}`,
        `${say('basis')}: ${bases.map((basis) => labelOf(BASIS_LABELS[basis] ?? ['', '', ''], language)).join('; ')}`,
      ],
    },
    {
      table: [
        [say('data'), say('fields'), say('kept')],
        ...mine.map(({ table, personal, kept }) => [
          tableLabel(table, language),
          fieldLabels(personal, language),
          keptLabel(kept, rules, language),
        ]),
      ],
    },
  ]
}

export const tableLabel = (table: string, language: Language): string => {
  const word = table.split('.').at(-1) ?? table
  return labelOf(RECORD_TABLES[word] ?? [word, word, word], language)
}

export const fieldLabels = (personal: string, language: Language, more: Record<string, Words> = {}): string => {
  const told = columnsIn(personal).filter((column) => !OF_THE_MACHINE.has(column))
  return [...new Set(told.map((column) => fieldLabel(column, language, more)))].join('; ') || '–'
}

const fieldLabel = (column: string, language: Language, more: Record<string, Words>): string => {
  const words = COLUMN_LABELS[column] ?? more[column]
  const shown = words ? labelOf(words, language) : column.replaceAll('_', ' ')
  // German nouns keep their capitals.
  return language === 'de' ? shown : shown.toLocaleLowerCase(language)
}

const ruleRow = ({ kind, days, because }: Rule, language: Language): string[] => [
  labelOf(RETENTION_LABELS[kind] ?? [kind, kind, kind], language),
  String(days),
  labelOf(RECORD_LABELS[because], language),
]

async function workspaceOf(tx: WorkspaceTransaction): Promise<{ name: string; timeZone: string }> {
  const { rows } = await sql<{ name: string; timeZone: string }>`
    select coalesce(nullif(brand, ''), name) as name, time_zone as "timeZone" from workspace
    where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return rows[0] ?? { name: '', timeZone: 'UTC' }
}

/** To whom something leaves the house: networks that we read and answer on, mail, webhooks. No service of an AI. */
async function recipientsOf(tx: WorkspaceTransaction, language: Language): Promise<string[]> {
  const { rows: networks } = await sql<{ network: string; sources: string }>`
    select network, count(*) as sources from source where workspace_id = ${tx.workspaceId} and removed_at is null
    group by network order by network`.execute(tx.sql)
  const { rows: hooks } = await sql<{ host: string }>`
    select substring(webhook_url from '^https?://([^/]+)') as host from alarm_rule
    where workspace_id = ${tx.workspaceId} and webhook_url is not null
    union select substring(url from '^https?://([^/]+)') from webhook
    where workspace_id = ${tx.workspaceId} and state <> 'off'`.execute(tx.sql)
  const { rows: mail } = await sql`select from system.setting where name = 'mail' limit 1`.execute(tx.sql)
  const { rows: keys } = await sql<{ name: string }>`
    select name from api_key where workspace_id = ${tx.workspaceId} and revoked_at is null order by name`.execute(
    tx.sql,
  )
  const say = (key: keyof typeof RECORD_LABELS) => labelOf(RECORD_LABELS[key], language)
  return [
    ...networks.map(({ network }) => `${say('network')}: ${network}`),
    ...hooks.map(({ host }) => `${say('webhook')}: ${host}`),
    ...keys.map(({ name }) => `${say('apiKey')}: ${name}`),
    ...(mail.length > 0 ? [say('mail')] : []),
    say('noAi'),
  ]
}
