/** Which column means what: guessed from presets, names and values; checked when people choose. */
import { readDate } from '../dates.ts'
import { DATE_FIELDS, fieldNamed, fieldRank, type ImportField, isImportField, type Mapping } from './fields.ts'
import { type Preset, presetMapping, presetOf } from './presets.ts'
import { type Problem, problem } from './problem.ts'

export interface ColumnSamples {
  name: string
  /** The first values that are not empty, each once. */
  samples: string[]
}

export interface Guess {
  preset: Preset | null
  mapping: Mapping
}

const TEXT_CHARACTERS_MIN = 25

export function guessMapping(columns: ColumnSamples[]): Guess {
  const names = columns.map((column) => column.name)
  const preset = presetOf(names)
  if (preset !== null) return { preset, mapping: presetMapping(preset, names) }
  const mapping: Mapping = {}
  for (const column of columns) {
    const field = fieldNamed(column.name) ?? fieldNamed(column.name.replace(/^.*\./, ''))
    if (field !== null && fits(field, column.samples))
      mapping[column.name] = isTimeOnly(field, column) ? 'publishedTime' : field
  }
  guessByValues(columns, mapping)
  return { preset: null, mapping: withoutDoubles(mapping) }
}

/** A column may bear the right name and hold something else: a "date" that is a weekday, a "text" that is empty. */
function fits(field: ImportField, samples: string[]): boolean {
  if (samples.length === 0) return false
  if (field === 'url' || field === 'authorUrl') return samples.some((sample) => /^https?:/i.test(sample))
  return true
}

function isTimeOnly(field: ImportField, column: ColumnSamples): boolean {
  return (
    field === 'publishedAt' &&
    column.samples.every((sample) => /^\d{1,2}[:.]\d{2}([:.]\d{2})?(\s*[ap]m)?$/i.test(sample))
  )
}

/** What no name tells: the column of dates, and the one with the longest texts. */
function guessByValues(columns: ColumnSamples[], mapping: Mapping): void {
  const free = () => columns.filter((column) => mapping[column.name] === undefined && column.samples.length > 0)
  const fields = () => Object.values(mapping)
  if (!fields().includes('publishedAt')) {
    const dates = free().find(({ samples }) =>
      samples.every((sample) => /\d/.test(sample) && readDate(sample, anyOrder) !== null),
    )
    if (dates !== undefined) mapping[dates.name] = 'publishedAt'
  }
  if (!fields().includes('text')) {
    const longest = free()
      .map(({ name, samples }) => ({
        name,
        length: samples.reduce((sum, sample) => sum + sample.length, 0) / samples.length,
      }))
      .sort((a, b) => b.length - a.length)[0]
    if (longest !== undefined && longest.length >= TEXT_CHARACTERS_MIN) mapping[longest.name] = 'text'
  }
}

const anyOrder = { order: 'dmy', timeZone: 'UTC' } as const

/** One column per field when guessing; text may have a fallback. The better known name wins. */
function withoutDoubles(mapping: Mapping): Mapping {
  const kept: Mapping = {}
  for (const [column, field] of Object.entries(mapping)) {
    const rival = Object.keys(kept).find((other) => kept[other] === field)
    if (rival === undefined || field === 'text') kept[column] = field
    else if (fieldRank(column) < fieldRank(rival)) {
      delete kept[rival]
      kept[column] = field
    }
  }
  return kept
}

/** Columns by field, the preferred first. Object keys carry no order once they were stored as JSON in a database. */
export function columnsByField(mapping: Mapping, columns: string[], preset: Preset | null): Map<ImportField, number[]> {
  const order = preset === null ? [] : Object.keys(presetMapping(preset, columns))
  const rank = (column: string) => (order.includes(column) ? order.indexOf(column) - 1000 : fieldRank(column))
  const byField = new Map<ImportField, number[]>()
  for (const column of Object.keys(mapping).sort((a, b) => rank(a) - rank(b))) {
    const field = mapping[column] ?? ''
    if (isImportField(field)) byField.set(field, [...(byField.get(field) ?? []), columns.indexOf(column)])
  }
  return byField
}

/** What makes a mapping unusable. */
export function mappingProblems(mapping: Mapping, columns: string[]): Problem[] {
  const problems: Problem[] = []
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) problems.push(problem('unknown-column', { column }))
    if (!isImportField(field)) problems.push(problem('unknown-field', { field }))
  }
  const fields = new Set(Object.values(mapping))
  if (!fields.has('text') && !fields.has('title')) problems.push(problem('no-text-column'))
  if (!DATE_FIELDS.some((field) => fields.has(field))) problems.push(problem('no-date-column'))
  return problems
}
