import { evaluate, prepare } from '../matching/index.ts'
import { query } from '../matching/testing.ts'
import { type Features, featuresOf, wordingOf } from './index.ts'

const TOPIC = query('Nordlicht', ['de'])

interface Details {
  handle?: string
  source?: string
  links?: readonly string[]
}

/** What a topic on the word Nordlicht reads of a post. */
export function read(text: string, details: Details = {}): Features {
  const { prepared, spans } = matched(text, details)
  return featuresOf(prepared, spans)
}

export function wording(text: string): Map<string, string> {
  const { prepared, spans } = matched(text, {})
  return wordingOf(prepared, spans)
}

function matched(text: string, { handle, source, links }: Details) {
  const prepared = prepare({
    title: null,
    text,
    language: 'de',
    network: 'twin',
    scope: '',
    site: null,
    url: null,
    publishedAt: new Date('2026-05-01T12:00:00Z'),
    author: { handle: handle ?? null, name: null, followers: null, networkId: '1' },
    isReply: false,
    hasMedia: false,
    links: links ?? [],
    mentions: [],
    sourceName: source ?? null,
  })
  return { prepared, spans: evaluate(TOPIC, prepared)?.spans ?? [] }
}

/** Nordlicht sells electricity; people also watch northern lights. */
const CUSTOMERS = ['Rechnung', 'Abschlag', 'Zähler', 'Tarif', 'Störung', 'Kündigung', 'Vertrag']
const WATCHERS = ['Himmel', 'Norwegen', 'Kamera', 'Polarnacht', 'Urlaub', 'Foto', 'Tromsø']

export interface Story {
  id: string
  forUs: boolean
  features: Features
}

export const stories: Story[] = [
  ...sayings(CUSTOMERS, (one, other) => `Nordlicht schickt mir ${one} und ${other} zweimal`).map(
    (text) => [text, true] as const,
  ),
  ...sayings(WATCHERS, (one, other) => `Ein Nordlicht gesehen, ${one} und ${other}, wunderschön`).map(
    (text) => [text, false] as const,
  ),
].map(([text, forUs], at) => ({ id: `post ${String(at).padStart(3, '0')}`, forUs, features: read(text) }))

function sayings(words: readonly string[], say: (one: string, other: string) => string): string[] {
  return words.flatMap((one) => words.filter((other) => other !== one).map((other) => say(one, other)))
}
