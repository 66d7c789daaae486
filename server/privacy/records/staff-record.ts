import { sql } from 'kysely'
import type { AgreedFigure } from '../../../contract/accounts-agreements.ts'
import { type Permission, ROLE_PERMISSIONS, ROLES } from '../../../contract/permissions.ts'
import { validAgreements } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DataRegister, StaffTable } from '../../platform/personal-data.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'
import { type Language, labelOf, PURPOSE_LABELS } from '../access/labels.ts'
import { listRules, type Rule } from '../retention/rules.ts'
import { type Block, htmlOf, markdownOf } from './document.ts'
import { FIGURE_LABELS, keptLabel, RECORD_LABELS, ROLE_LABELS } from './labels.ts'
import { fieldLabels, tableLabel } from './record.ts'
import { MEMBER_COLUMNS, STAFF_FIELDS, STAFF_LABELS, STAFF_TABLES } from './staff-labels.ts'

/** What the trail says of every event, and of what it is about. */
export type TrailTexts = Record<
  Language,
  { group: Record<string, string>; events: Record<string, Record<string, string>> }
>

interface Ask {
  language: Language
  format: 'html' | 'markdown'
  register: DataRegister
  kinds: readonly RetentionKind[]
  eventPermissions: ReadonlyMap<string, Permission>
  trailTexts: TrailTexts
}

/** For the council: what is recorded about those who work here. Made from the same register as the record of processing. */
export async function staffRecord(tx: WorkspaceTransaction, services: Services, ask: Ask): Promise<string> {
  const { language, register, kinds } = ask
  const say = (key: keyof typeof STAFF_LABELS) => labelOf(STAFF_LABELS[key], language)
  const rules = await listRules(tx, kinds)
  const about = register.filter((table): table is StaffTable => 'whose' in table && table.whose === 'member')
  const blocks: Block[] = [
    { title: say('title') },
    { text: say('intro') },
    { heading: say('about') },
    {
      table: [
        [
          labelOf(RECORD_LABELS.data, language),
          labelOf(RECORD_LABELS.fields, language),
          say('purpose'),
          kept(language),
        ],
        ...about.map((one) => staffRow(one, rules, language)),
      ],
    },
    { heading: say('beside') },
    {
      table: [
        [labelOf(RECORD_LABELS.data, language), say('as'), kept(language)],
        ...(await besideRows(tx, ask, rules)),
      ],
    },
    ...trailBlocks(ask, rules),
    ...(await figureBlocks(tx, services, language)),
  ]
  return ask.format === 'html' ? htmlOf(blocks, language) : markdownOf(blocks)
}

const kept = (language: Language): string => labelOf(RECORD_LABELS.kept, language)

const called = (table: string, language: Language): string => {
  const word = table.split('.').at(-1) ?? table
  const words = STAFF_TABLES[word]
  return words ? labelOf(words, language) : tableLabel(word, language)
}

function staffRow(one: StaffTable, rules: Rule[], language: Language): string[] {
  const end = { membership: STAFF_LABELS.keptWithMembership, 'sign-ins': STAFF_LABELS.keptSignIns }[one.kept]
  return [
    called(one.table, language),
    fieldLabels(one.personal, language, STAFF_FIELDS),
    labelOf(PURPOSE_LABELS[one.purpose] ?? ['', '', ''], language),
    end ? labelOf(end, language) : keptLabel(one.kept, rules, language),
  ]
}

/** Asked of the database, so that a column which nobody thought of as being about staff is there too. */
async function besideRows(tx: WorkspaceTransaction, { register, language }: Ask, rules: Rule[]): Promise<string[][]> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'uuid'::regtype
      and a.attname ~ '(^|_)(member|holder|actor)_id$|_by$'
    group by c.relname order by c.relname`.execute(tx.sql)
  return rows.map(({ table, columns }) => {
    const declared = register.find((one) => one.table === table)
    const isStaff = declared && 'whose' in declared && declared.whose === 'member'
    const until =
      declared && 'kept' in declared && !isStaff
        ? keptLabel(declared.kept, rules, language)
        : labelOf(isStaff ? STAFF_LABELS.keptWithMembership : STAFF_LABELS.keptWithRow, language)
    return [called(table, language), columns.map((column) => memberColumn(column, language)).join('; '), until]
  })
}

const memberColumn = (column: string, language: Language): string => {
  const words = MEMBER_COLUMNS[column]
  return words ? labelOf(words, language) : column.replaceAll('_', ' ')
}

/** Every event there can be, by its subject, with the built-in roles that may see it. */
function trailBlocks({ eventPermissions, language, trailTexts }: Ask, rules: Rule[]): Block[] {
  const say = (key: keyof typeof STAFF_LABELS) => labelOf(STAFF_LABELS[key], language)
  const days = rules.find(({ kind }) => kind === 'staff-events')?.days
  const groups = new Map<string, { acts: string[]; roles: string }>()
  for (const [type, permission] of [...eventPermissions].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [group = ''] = type.split('.')
    const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission))
      .map((role) => labelOf(ROLE_LABELS[role], language))
      .join(', ')
    const key = `${group} ${roles}`
    const known = groups.get(key) ?? { acts: [], roles }
    known.acts.push(toldOf(type, trailTexts, language))
    groups.set(key, known)
  }
  return [
    { heading: say('trail') },
    { text: `${say('trailText')} ${days}` },
    {
      table: [
        [say('act'), say('what'), say('seenBy')],
        ...[...groups].map(([key, { acts, roles }]) => {
          const [group = ''] = key.split(' ')
          return [trailTexts[language].group[group] ?? group, `${acts.join('. ')}.`, roles]
        }),
      ],
    },
  ]
}

/** As the trail tells it, of nobody in particular. */
function toldOf(type: string, texts: TrailTexts, language: Language): string {
  const [group = '', act = ''] = type.split('.')
  const sentence = texts[language].events[group]?.[act] ?? type
  return sentence.replace('{{who}}', labelOf(STAFF_LABELS.somebody, language)).replace('{{role}}', '…')
}

async function figureBlocks(tx: WorkspaceTransaction, services: Services, language: Language): Promise<Block[]> {
  const say = (key: keyof typeof STAFF_LABELS) => labelOf(STAFF_LABELS[key], language)
  const agreements = await validAgreements(tx, services.clock.now())
  const named = (figures: AgreedFigure[]) =>
    figures.map((figure) => labelOf(FIGURE_LABELS[figure], language)).join('; ')
  const found: Block[] =
    agreements.length === 0
      ? [{ text: say('none') }]
      : [
          { text: say('allowed') },
          {
            table: [
              [say('agreement'), say('figures'), say('until')],
              ...agreements.map(({ title, figures, expiresOn }) => [title, named(figures), expiresOn]),
            ],
          },
        ]
  return [{ heading: say('figures') }, ...found, { text: say('groups') }]
}
