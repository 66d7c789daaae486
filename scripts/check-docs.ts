// Fails when a document names a path, a script, a command, a variable or a link that does not exist, or a README grows past its limit.
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_FOLDER } from '../server/platform/config.ts'

const MODULE_README_LINES_MAX = 25
const ARCHITECTURE_LINES_MAX = 150

const packageJson = JSON.parse(readFileSync(path.join(PROJECT_FOLDER, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const sources = globSync('{server,scripts,bin,e2e,bench,peers,twin,seeds}/**/*.{ts,mjs}', {
  cwd: PROJECT_FOLDER,
  exclude: (name) => name.includes('node_modules'),
})
const code = sources.map((name) => readFileSync(path.join(PROJECT_FOLDER, name), 'utf8')).join('\n')
const commands = [...code.matchAll(/name: '([a-z]+)',\n\s+summary:/g)].map((match) => match[1])
const documents = globSync(
  '{*.md,docs/**/*.md,server/**/README.md,web/**/README.md,twin/**/*.md,seeds/**/*.md,peers/*.md,bench/**/*.md,e2e/**/*.md,migrations/*.md}',
  { cwd: PROJECT_FOLDER, exclude: (name) => name.includes('node_modules') },
)

const faults: string[] = []
for (const document of documents) {
  const text = readFileSync(path.join(PROJECT_FOLDER, document), 'utf8')
  const fault = (words: string) => faults.push(`${document}: ${words}`)
  checkLinks(document, text, fault)
  for (const [, token] of text.matchAll(/`([^`\n]+)`/g)) checkToken(document, token ?? '', fault)
  checkCommands(text, fault)
  const lines = text.trimEnd().split('\n').length
  if (/^(server|web)\/.*README\.md$/.test(document) && lines > MODULE_README_LINES_MAX)
    fault(`has ${lines} lines; a module's README has at most ${MODULE_README_LINES_MAX}`)
  if (document === 'ARCHITECTURE.md' && lines > ARCHITECTURE_LINES_MAX)
    fault(`has ${lines} lines; at most ${ARCHITECTURE_LINES_MAX}`)
}
for (const line of faults) console.error(line)
if (faults.length > 0) process.exit(1)
console.log(`${documents.length} documents name only what exists.`)

function checkLinks(document: string, text: string, fault: (words: string) => void): void {
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (!target || /^(https?:|mailto:|#)/.test(target)) continue
    const file = path.join(PROJECT_FOLDER, path.dirname(document), target.split('#')[0] ?? '')
    if (!existsSync(file)) fault(`links to ${target}, which does not exist`)
  }
}

/** A token in backticks that looks like a path of the project, or like one of our variables, must exist. */
function checkToken(document: string, token: string, fault: (words: string) => void): void {
  const variable = /^([A-Z][A-Z0-9]*_[A-Z0-9_]+|PORT)(=.*)?$/.exec(token)?.[1]
  if (variable?.startsWith('RAPPORT_') && !code.includes(variable))
    fault(`names the variable ${variable}, which nothing reads`)
  if (
    !/^(server|web|contract|twin|migrations|seeds|e2e|bench|docs|scripts|bin|peers)\/[\w./*-]+$/.test(token) ||
    token.includes('*')
  )
    return
  const beside = path.join(PROJECT_FOLDER, path.dirname(document), token)
  if (!existsSync(path.join(PROJECT_FOLDER, token)) && !existsSync(beside))
    fault(`names ${token}, which does not exist`)
}

function checkCommands(text: string, fault: (words: string) => void): void {
  for (const [, script] of text.matchAll(/npm run ([a-z][a-z:-]*)/g))
    if (script && !(script in packageJson.scripts)) fault(`names "npm run ${script}", which does not exist`)
  for (const [, name] of text.matchAll(/`(?:npm run rapport -- |rapport )([a-z]+)\b/g))
    if (name && !commands.includes(name)) fault(`names "rapport ${name}", which does not exist`)
}
