import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inspectFile } from '../connectors/index.ts'
import {
  AuditFault,
  type BrandRequest,
  findingSentences,
  isTimeZone,
  REPORT_LANGUAGES,
  type ReportLanguage,
  reportPage,
  runAuditInThread,
} from '../measurement/index.ts'
import { mappingOption } from './mapping-option.ts'
import { type Command, CommandFault, type CommandInput, textOption, textOptions } from './run-command.ts'

/** Needs neither a workspace nor a database: the file is read where it lies. */
export const audit: Command = {
  name: 'audit',
  summary:
    'One report from a file of posts: who says how much about a brand, when, about what, and what stays unanswered.',
  usage:
    'rapport audit FILE --brand NAME[=QUERY] [--competitor NAME[=QUERY] …] [--own HANDLE …] [--map COLUMN=FIELD …] [--language en|de|nl] [--time-zone ZONE] [--anonymous] [--out FILE.html] [--json]',
  options: {
    brand: { type: 'string' },
    competitor: { type: 'string', multiple: true },
    own: { type: 'string', multiple: true },
    map: { type: 'string', multiple: true },
    language: { type: 'string' },
    'time-zone': { type: 'string' },
    anonymous: { type: 'boolean' },
    out: { type: 'string' },
  },
  async run(input) {
    const { file, brands, language, timeZone, out } = readInput(input)
    if (!existsSync(file)) throw new CommandFault('file-missing', `There is no file ${file}.`)
    const mapping = await mappingOption(input, file, { timeZone })
    try {
      const inspection = await inspectFile(file, { mapping, timeZone })
      const report = await runAuditInThread(
        { kind: 'file', path: file, choices: { mapping, timeZone } },
        {
          brands,
          languages: [...new Set([language, 'en'])],
          timeZone,
          anonymous: input.options.anonymous === true,
          facts: {
            kind: 'file',
            name: path.basename(file),
            mapping: inspection.mapping,
            notes: inspection.problems.flatMap(({ refuses, ...note }) => (refuses ? [] : [note])),
          },
        },
        { onProgress: progress() },
      )
      await writeFile(out, reportPage(report, language))
      const findings = findingSentences(report, language)
      for (const [at, finding] of findings.entries()) input.say(`${at + 1}. ${finding}`)
      input.say(`\nThe report: ${out}`)
      const { read, posts, duplicates, rejections } = report.rows
      const rejected = rejections.reduce((sum, { rows }) => sum + rows, 0)
      return { out, rows: read, posts, duplicates, rejected, findings, figures: report }
    } catch (error) {
      if (error instanceof AuditFault) throw new CommandFault(error.code, error.message)
      throw error
    }
  },
}

function readInput(input: CommandInput) {
  const [given, ...more] = input.words
  const brand = textOption(input, 'brand')
  if (!given || more.length > 0 || !brand) throw new CommandFault('usage', `Usage: ${audit.usage}`)
  const language = textOption(input, 'language') ?? 'en'
  if (!REPORT_LANGUAGES.includes(language as ReportLanguage))
    throw new CommandFault('invalid', 'Rapport speaks en, de and nl: --language must be one of them.')
  const timeZone = textOption(input, 'time-zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimeZone(timeZone))
    throw new CommandFault('invalid', `--time-zone: ${timeZone} is no time zone such as Europe/Berlin.`)
  const named = [brand, ...textOptions(input, 'competitor')].map(brandOf)
  const brands = named.map((request, at) => (at === 0 ? { ...request, own: textOptions(input, 'own') } : request))
  const out = path.resolve(textOption(input, 'out') ?? `audit-${fileWord(named[0]?.name ?? '')}.html`)
  return { file: path.resolve(given), brands, language: language as ReportLanguage, timeZone, out }
}

/** NAME, or NAME=QUERY where the proposed query is not what is meant. */
function brandOf(written: string): BrandRequest {
  const at = written.indexOf('=')
  const name = (at < 0 ? written : written.slice(0, at)).trim()
  if (name === '') throw new CommandFault('invalid', 'A brand needs a name.')
  return { name, query: at < 0 ? null : written.slice(at + 1).trim() || null, own: [] }
}

const fileWord = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '') || 'brand'

/** On a terminal, one line that is written over. */
function progress() {
  if (!process.stderr.isTTY) return () => {}
  return (reading: number, rows: number) => process.stderr.write(`\rReading ${reading} of 3: ${rows} rows `)
}
