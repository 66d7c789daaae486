import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** For texts.test.ts: reads the text files and finds where the code asks for which text. */
const WEB = path.resolve(import.meta.dirname, '..')
const PLURAL = /_(zero|one|two|few|many|other)$/

export type Keys = Map<string, string>

/** Module folders that have texts. */
export const modulesWithTextFiles = (): string[] =>
  readdirSync(WEB, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && readdirSync(path.join(WEB, entry.name)).some((name) => /^(later-)?texts$/.test(name)),
    )
    .map(({ name }) => name)

/** 'palette.search' -> its text. */
export function textsOf(module: string, language: string): Keys {
  // A missing file is a language without keys, which the comparison with the others reports.
  const files = ['texts', 'later-texts']
    .map((folder) => path.join(WEB, module, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => path.basename(file) === `${language}.json` || file.endsWith(`.${language}.json`))
  return new Map(files.flatMap((file) => flatten(JSON.parse(readFileSync(file, 'utf8')) as object, '')))
}

function flatten(node: object, prefix: string): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  )
}

export const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name ?? ''))].sort()

/** A plural's forms are asked for by one key. */
export const askedAs = (key: string): string => key.replace(PLURAL, '')

export interface Use {
  file: string
  module: string
  key: string
  /** `errors.${code}`: everything that begins so. */
  isPrefix: boolean
}

export interface SourceFile {
  name: string
  folder: string
  code: string
}

export const sourceFiles = (): SourceFile[] =>
  readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\/gallery/.test(name))
    .map((name) => ({
      name,
      folder: name.split(path.sep)[0] ?? '',
      code: withoutComments(readFileSync(path.join(WEB, name), 'utf8')),
    }))

const withoutComments = (code: string) => code.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')

/** Every text that a file asks for: in t(…), and as 'module:key' anywhere (rail, commands). */
export function usesIn({ name, folder, code }: SourceFile, modules: string[]): Use[] {
  const inCalls = [...code.matchAll(/(?<![\w.])(?:i18n\.)?t\(/g)].flatMap(({ index, 0: call }) =>
    stringsIn(firstArgument(code, index + call.length)),
  )
  const anywhere = [...code.matchAll(/'([a-z-]+):([\w.-]+)'/g)]
    .filter(([, module]) => modules.includes(module ?? ''))
    .map(([, module, key]) => ({ text: `${module}:${key}`, isPrefix: false }))
  return [...inCalls, ...anywhere].map(({ text, isPrefix }) => {
    const [module, key] = text.includes(':') ? (text.split(':', 2) as [string, string]) : [folder, text]
    return { file: name, module, key, isPrefix }
  })
}

/** Up to the comma or bracket that ends it, whatever is nested inside. */
function firstArgument(code: string, from: number): string {
  let depth = 0
  for (let at = from; at < code.length; at++) {
    const letter = code[at] ?? ''
    if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter) && depth-- === 0) return code.slice(from, at)
    else if (letter === ',' && depth === 0) return code.slice(from, at)
  }
  return code.slice(from)
}

function stringsIn(argument: string): { text: string; isPrefix: boolean }[] {
  // What stands before a ternary's question mark is compared, not shown.
  const shown = argument.replace(/^[^?]*\?(?!\?)/, '')
  const plain = [...shown.matchAll(/'([\w.:-]+)'/g)].map(([, text]) => ({ text: text ?? '', isPrefix: false }))
  const templates = [...shown.matchAll(/`([\w.:-]+)\$\{/g)].map(([, text]) => ({ text: text ?? '', isPrefix: true }))
  return [...plain, ...templates]
}
