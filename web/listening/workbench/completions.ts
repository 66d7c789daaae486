import type { Completion } from '@codemirror/autocomplete'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { LISTENED_LANGUAGES } from '../languages.ts'
import { KNOWN_NETWORKS, useNetworkName } from '../network-names.ts'
import type { Preview } from './answers.ts'
import type { CompletionPlace } from './completion-place.ts'
import { frequentTerms } from './frequent-terms.ts'
import { goOn } from './query-editor.tsx'

const OPTIONS_MAX = 12
const HANDLES_MAX = 8
const HANDLE_LETTERS_MIN = 2
/** By name of their sentence in the texts. */
const OPERATORS = { AND: 'and', OR: 'or', NOT: 'not', 'NEAR/5': 'near', 'ONEAR/3': 'nearInOrder' } as const
const FIELDS = ['lang', 'author', 'source', 'network', 'site', 'url', 'followers', 'date', 'is', 'has'] as const
const HAS = ['link', 'media', 'question'] as const
const FOLLOWERS = ['>1000', '>10k', '<500', '100..5000']

/** What can stand at a place in the query: of the language, of the workspace, of the posts found so far. */
export function useCompletions(preview: Preview | null) {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const networkName = useNetworkName()
  const mayReadPeople = useMay('people.read')
  const mayReadSources = useMay('sources.read')
  const found = useRef<{ preview: Preview | null; terms: string[] }>({ preview: null, terms: [] })

  const terms = (): string[] => {
    if (found.current.preview !== preview)
      found.current = { preview, terms: preview ? frequentTerms([...preview.newest, ...preview.random]) : [] }
    return found.current.terms
  }
  const handles = async (typed: string): Promise<Completion[]> => {
    const search = typed.replace(/^@/, '')
    if (search.length < HANDLE_LETTERS_MIN || !mayReadPeople) return []
    const options = api.people.authors.list.queryOptions({ input: { search, limit: HANDLES_MAX } })
    const { items } = await queries.fetchQuery(options).catch(() => ({ items: [] }))
    return items.flatMap(({ handle, name, network }) =>
      handle && !/\s/.test(handle)
        ? { label: `@${handle.replace(/^@/, '')}`, detail: name ?? networkName(network) }
        : [],
    )
  }
  const sources = async (): Promise<Completion[]> => {
    if (!mayReadSources) return []
    const options = api.listening.sources.list.queryOptions({ input: {} })
    const { items } = await queries.fetchQuery(options).catch(() => ({ items: [] }))
    return items.map(({ name, network }) => ({ label: inQuotes(name), detail: networkName(network) }))
  }
  const networks = async (): Promise<Completion[]> => {
    if (!mayReadSources) return []
    const options = api.listening.sources.networks.queryOptions({ input: {} })
    const { items } = await queries.fetchQuery(options).catch(() => ({ items: [] }))
    // A stream is a way to hear a network, not one of its own.
    const heard = items.map(({ network }) => network).filter((network) => !network.endsWith('-stream'))
    return [...new Set([...heard, ...KNOWN_NETWORKS])].map((label) => ({ label, detail: networkName(label) }))
  }
  const valuesOf = (field: string, typed: string): Completion[] | Promise<Completion[]> => {
    switch (field) {
      case 'lang':
        return ['unknown', ...LISTENED_LANGUAGES]
          .map((tag) => ({
            label: tag,
            detail: tag === 'unknown' ? t('workbench.complete.languageUnknown') : formats.languageName(tag),
          }))
          .sort((one, other) => (one.detail ?? '').localeCompare(other.detail ?? '', formats.locale))
      case 'network':
        return networks()
      case 'source':
        return sources()
      case 'author':
        return handles(typed)
      case 'is':
        return [{ label: 'reply', detail: t('workbench.complete.reply') }]
      case 'has':
        return HAS.map((label) => ({ label, detail: t(`workbench.complete.has.${label}`) }))
      case 'followers':
        return FOLLOWERS.map((label) => ({ label }))
      case 'date':
        return dates(new Date(), t('workbench.complete.lastDays'), t('workbench.complete.thisMonth'))
      default:
        return []
    }
  }
  const partsFor = (typed: string): Completion[] => [
    ...Object.entries(OPERATORS).map(([label, name]) => ({
      label,
      apply: `${label} `,
      detail: t(`workbench.complete.operators.${name}`),
    })),
    ...FIELDS.map((field) => ({ label: `${field}:`, apply: goOn, detail: t(`workbench.complete.fields.${field}`) })),
    ...(typed === '' ? [] : terms().map((label) => ({ label, detail: t('workbench.complete.inFound') }))),
  ]
  return async (place: CompletionPlace): Promise<Completion[]> => {
    const { typed } = place
    const options =
      place.of === 'value'
        ? await valuesOf(place.field, typed)
        : place.of === 'handle'
          ? await handles(typed)
          : place.of === 'tag'
            ? terms()
                .filter((label) => label.startsWith('#'))
                .map((label) => ({ label }))
            : partsFor(typed)
    return fitting(options, typed)
  }
}

/** Those that begin as typed come first, then those that hold it, also in what is said about them. */
function fitting(options: Completion[], typed: string): Completion[] {
  const wanted = typed.toLowerCase()
  const rank = ({ label, detail = '' }: Completion): number => {
    const said = label.toLowerCase().replace(/^["@]/, '')
    if (said.startsWith(wanted.replace(/^@/, ''))) return 0
    return detail.toLowerCase().startsWith(wanted) ? 1 : 2
  }
  const isWhole = ({ label }: Completion) => label === typed
  return options
    .filter((option) => !isWhole(option) && (wanted === '' || rank(option) < 2))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, wanted === '' ? options.length : OPTIONS_MAX)
}

const inQuotes = (name: string): string =>
  /^[\p{L}\p{N}]+$/u.test(name) ? name : `"${name.replaceAll(/["“”„‟«»]/g, ' ').trim()}"`

/** As the language takes them: UTC days. */
function dates(now: Date, lastDays: string, thisMonth: string): Completion[] {
  const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10)
  return [
    { label: `>=${day(7)}`, detail: lastDays },
    { label: day(0).slice(0, 7), detail: thisMonth },
  ]
}
