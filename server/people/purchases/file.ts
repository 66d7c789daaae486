/** Files of orders and contracts: which column means what, and a row as a purchase or as the reason why it is none. */

import { PURCHASE_STATES } from '../../../contract/people-purchases.ts'
import { PURCHASE_FIELDS, type PurchaseField } from '../../../contract/purchase-fields.ts'
import {
  type ColumnSamples,
  cleanId,
  estimateRows,
  FILE_START,
  FileFault,
  fileProblem,
  isScientific,
  type Mapping,
  normalName,
  openTable,
  type Position,
  type ReadPart,
  readDate,
  sampleColumns,
  type Table,
} from '../../connectors/index.ts'
import type { ImportProblem } from '../../imports/index.ts'
import { contactProblem } from '../contacts/reading.ts'
import { isCurrency, minorUnitsOf } from './money.ts'
import type { TellPurchase } from './telling.ts'

const RAW_CHARACTERS_MAX = 1_000
const TITLE_CHARACTERS_MAX = 300
const COUNTED_ROWS_MAX = 20_000

/** In English, German and Dutch, compared without case, spaces, marks and accents. */
const NAMES: Partial<Record<PurchaseField, string>> = {
  externalId:
    'id orderid ordernumber orderno number bestellnummer bestellnr auftragsnummer vertragsnummer rechnungsnummer contractnumber contractid bestelnummer ordernummer invoicenumber',
  kind: 'kind type art typ soort',
  customerNumber: 'customernumber customerid customerno kundennummer kundennr klantnummer klantid customer accountid',
  customerMail: 'email mail customeremail emailaddress emailadresse emailadres',
  customerPhone: 'phone telephone telefon telefonnummer telefoon',
  state: 'state status stand bestellstatus orderstatus',
  title: 'title product products item description titel artikel produkt bezeichnung omschrijving subject',
  happenedAt:
    'date orderdate createdat created placedat datum bestelldatum auftragsdatum vertragsdatum signedat besteldatum orderedat',
  runsFrom: 'from startdate runsfrom beginn vertragsbeginn laufzeitvon begindatum start',
  runsUntil: 'until enddate runsuntil ende vertragsende laufzeitbis einddatum end',
  amount: 'amount total totalamount price sum betrag summe gesamt gesamtbetrag bedrag totaal value',
  refunded: 'refunded refund erstattet erstattung terugbetaald',
  currency: 'currency currencycode wahrung valuta',
  url: 'url link address adresse',
}
const fieldByName = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
)
const DATE_FIELDS = ['happenedAt', 'happenedAtDayFirst', 'happenedAtMonthFirst'] as const

export interface PurchaseFileChoices {
  mapping?: Mapping | undefined
  /** Of rows that name none. */
  kind: 'order' | 'contract'
  currency?: string | undefined
  timeZone?: string | undefined
}

export interface ReadPurchase {
  line: number | null
  position: Position
  row:
    | { kind: 'purchase'; change: TellPurchase; raw: string }
    | { kind: 'rejected'; problem: ImportProblem; raw: string }
    | { kind: 'refused'; problem: ImportProblem }
}

export function guessPurchaseMapping(columns: readonly ColumnSamples[]): Mapping {
  const mapping: Mapping = {}
  for (const { name, samples } of columns) {
    const field = fieldByName.get(normalName(name))
    if (field && samples.length > 0 && !Object.values(mapping).includes(field)) mapping[name] = field
  }
  return mapping
}

export async function inspectPurchases(path: string, chosen: Mapping | undefined) {
  try {
    using table = await openTable(path)
    const columns = await sampleColumns(table)
    const mapping = chosen ?? guessPurchaseMapping(columns)
    const rowsEstimated = estimateRows(table, await readPart(table))
    const problems = mappingProblems(mapping, table.columns)
    return { format: table.format as string, rowsEstimated, columns, mapping, problems }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { format: null, rowsEstimated: 0, columns: [], mapping: {}, problems: [error.problem] }
  }
}

async function readPart(table: Table): Promise<ReadPart> {
  const read: ReadPart = { rows: 0, bytes: 0, whole: true }
  for await (const { after } of table.records(FILE_START)) {
    read.rows++
    read.bytes = after.byte
    if (read.rows < COUNTED_ROWS_MAX) continue
    read.whole = false
    break
  }
  return read
}

function mappingProblems(mapping: Mapping, columns: readonly string[]): ImportProblem[] {
  const fields = new Set(Object.values(mapping))
  const problems: ImportProblem[] = []
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) problems.push(fileProblem('unknown-column', { column }))
    if (!(PURCHASE_FIELDS as readonly string[]).includes(field)) problems.push(fileProblem('unknown-field', { field }))
  }
  if (!fields.has('externalId')) problems.push(contactProblem('no-purchase-id'))
  if (!['customerNumber', 'customerMail', 'customerPhone'].some((field) => fields.has(field)))
    problems.push(contactProblem('no-customer-column'))
  if (!DATE_FIELDS.some((field) => fields.has(field))) problems.push(contactProblem('no-happened-column'))
  return problems
}

export async function* readPurchases(
  path: string,
  choices: PurchaseFileChoices,
  from: Position,
): AsyncGenerator<ReadPurchase> {
  let position = from
  try {
    const { mapping, problems } = await inspectPurchases(path, choices.mapping)
    const [fault] = problems
    if (fault) {
      yield { line: null, position, row: { kind: 'refused', problem: fault } }
      return
    }
    using table = await openTable(path)
    const at = new Map(Object.entries(mapping).map(([column, field]) => [field, table.columns.indexOf(column)]))
    for await (const record of table.records(from)) {
      position = record.after
      const place = { line: record.line, position }
      if ('fault' in record) {
        yield { ...place, row: { kind: 'rejected', problem: record.fault, raw: record.raw } }
        continue
      }
      const told = purchaseOf((field) => record.cells[at.get(field) ?? -1]?.trim() ?? '', choices)
      const raw = record.cells.join(' | ').slice(0, RAW_CHARACTERS_MAX)
      yield 'code' in told
        ? { ...place, row: { kind: 'rejected', problem: told, raw } }
        : { ...place, row: { kind: 'purchase', change: told, raw } }
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    yield { line: null, position, row: { kind: 'refused', problem: error.problem } }
  }
}

type Cell = (field: PurchaseField) => string

function purchaseOf(cell: Cell, choices: PurchaseFileChoices): TellPurchase | ImportProblem {
  const refuse = (code: string, value = '') => contactProblem(code, value ? { value: value.slice(0, 60) } : {})
  const externalId = cleanId(cell('externalId'))
  if (externalId === '') return refuse('number-missing')
  const number = cleanId(cell('customerNumber'))
  for (const id of [externalId, number]) if (isScientific(id)) return refuse('number-damaged', id)
  const customer = customerOf(number, cell('customerMail'), cell('customerPhone'))
  if (!customer) return refuse('customer-missing')
  const happenedAt = dateOf(cell, choices.timeZone ?? 'UTC')
  if (!(happenedAt instanceof Date)) return refuse('purchase-date-unreadable', happenedAt)
  const kind = cell('kind') === '' ? choices.kind : KINDS[plain(cell('kind'))]
  if (!kind) return refuse('kind-unknown', cell('kind'))
  const state = cell('state') === '' ? undefined : STATES[plain(cell('state'))]
  if (cell('state') !== '' && !state) return refuse('state-unknown', cell('state'))
  const money = moneyOf(cell, choices.currency)
  if ('code' in money) return money
  const days = { runsFrom: dayOf(cell('runsFrom')), runsUntil: dayOf(cell('runsUntil')) }
  return {
    externalId,
    kind,
    customer,
    happenedAt,
    ...(state ? { state } : {}),
    ...(cell('title') ? { title: cell('title').slice(0, TITLE_CHARACTERS_MAX) } : {}),
    ...(days.runsFrom ? { runsFrom: days.runsFrom } : {}),
    ...(days.runsUntil ? { runsUntil: days.runsUntil } : {}),
    ...money,
    ...(/^https?:\/\/\S+$/.test(cell('url')) ? { url: cell('url') } : {}),
  }
}

const customerOf = (number: string, mail: string, phone: string): TellPurchase['customer'] | null =>
  number !== '' ? { number } : mail !== '' ? { mail } : phone !== '' ? { phone } : null

function dateOf(cell: Cell, timeZone: string): Date | string {
  const [dayFirst, monthFirst] = [cell('happenedAtDayFirst'), cell('happenedAtMonthFirst')]
  const written = dayFirst || monthFirst || cell('happenedAt')
  const order = dayFirst ? 'dmy' : monthFirst ? 'mdy' : null
  return (written === '' ? null : readDate(written, { order, timeZone })) ?? written
}

const dayOf = (written: string): string | null =>
  written === '' ? null : (readDate(written, { order: 'dmy', timeZone: 'UTC' })?.toISOString().slice(0, 10) ?? null)

function moneyOf(
  cell: Cell,
  byDefault: string | undefined,
): Pick<TellPurchase, 'amount' | 'refunded' | 'currency'> | ImportProblem {
  const [written, back] = [cell('amount'), cell('refunded')]
  if (written === '') return {}
  const currency = (
    cell('currency') ||
    /[A-Z]{3}/.exec(written)?.[0] ||
    (written.includes('€') && 'EUR') ||
    byDefault ||
    ''
  ).toUpperCase()
  if (currency === '') return contactProblem('currency-missing')
  if (!isCurrency(currency)) return contactProblem('currency-unknown', { value: currency.slice(0, 60) })
  const amount = minorUnitsOf(written, currency)
  if (amount === null) return contactProblem('amount-unreadable', { value: written.slice(0, 60) })
  const refunded = back === '' ? '0' : minorUnitsOf(back, currency)
  if (refunded === null) return contactProblem('amount-unreadable', { value: back.slice(0, 60) })
  return { amount, currency, refunded }
}

const plain = (written: string): string => normalName(written)

const KINDS: Record<string, 'order' | 'contract'> = {
  order: 'order',
  bestellung: 'order',
  auftrag: 'order',
  bestelling: 'order',
  invoice: 'order',
  rechnung: 'order',
  contract: 'contract',
  vertrag: 'contract',
  overeenkomst: 'contract',
  subscription: 'contract',
  abo: 'contract',
  abonnement: 'contract',
}

const STATES: Record<string, (typeof PURCHASE_STATES)[number]> = {
  ...Object.fromEntries(PURCHASE_STATES.map((state) => [state, state])),
  new: 'open',
  pending: 'open',
  processing: 'open',
  paid: 'completed',
  shipped: 'completed',
  delivered: 'completed',
  fulfilled: 'completed',
  complete: 'completed',
  canceled: 'cancelled',
  refund: 'refunded',
  expired: 'ended',
  offen: 'open',
  bezahlt: 'completed',
  versendet: 'completed',
  geliefert: 'completed',
  abgeschlossen: 'completed',
  storniert: 'cancelled',
  erstattet: 'refunded',
  aktiv: 'active',
  beendet: 'ended',
  gekundigt: 'ended',
  betaald: 'completed',
  verzonden: 'completed',
  geleverd: 'completed',
  afgerond: 'completed',
  geannuleerd: 'cancelled',
  terugbetaald: 'refunded',
  actief: 'active',
  beeindigd: 'ended',
}
