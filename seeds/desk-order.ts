import type { PolicyDocument } from '../contract/publishing-policy.ts'
import type { RoutingAction, RoutingCondition } from '../contract/routing-rules.ts'

/** How a desk is run: who takes what and when, which rules give out the work, and what is looked at before it is said. */
export interface DeskOrder {
  workspace: string
  teams: { key: string; name: string; members: string[] }[]
  skills: { member: string; languages: string[]; products: string[]; capacity: number }[]
  shifts: { name: string; members: string[]; hours: { from: string; until: string }[] }[]
  rules: RuleSeed[]
  policy: { note: string; document: Partial<PolicyDocument> }
  /** A layout that everybody may open: topics and searches beside the queue. */
  layout: { name: string; topics: string[]; searches: { name: string; query: string }[] }
}

/** Topics, tags and teams stand here by their names. */
export interface RuleSeed {
  name: string
  asks: 'first' | 'each'
  when: (Exclude<RoutingCondition, { about: 'topic' }> | { about: 'topic'; topic: string })[]
  does: (
    | Exclude<RoutingAction, { do: 'tag' | 'assign' }>
    | { do: 'tag'; tag: string }
    | { do: 'assign'; team: string; skill?: { language: boolean; product: string | null } }
  )[]
}

const KOBALTFON: DeskOrder = {
  workspace: 'kobaltfon',
  teams: [
    { key: 'care', name: 'Kundendienst', members: ['ruben', 'sahra', 'jonas'] },
    { key: 'technik', name: 'Technik', members: ['milan', 'jonas'] },
  ],
  skills: [
    { member: 'ruben', languages: ['nl', 'de', 'en'], products: [], capacity: 10 },
    { member: 'sahra', languages: ['de', 'en'], products: ['Vertrag', 'Rechnung'], capacity: 25 },
    { member: 'jonas', languages: ['de'], products: ['Technik'], capacity: 25 },
  ],
  shifts: [
    {
      name: 'Früh',
      members: ['sahra'],
      hours: [
        { from: '07:00', until: '11:30' },
        { from: '12:00', until: '15:30' },
      ],
    },
    {
      name: 'Spät',
      members: ['jonas'],
      hours: [
        { from: '12:30', until: '17:00' },
        { from: '17:30', until: '21:00' },
      ],
    },
  ],
  rules: [
    {
      name: 'Falsche Absender sind eilig',
      asks: 'first',
      when: [{ about: 'topic', topic: 'Falsche Absender' }],
      does: [
        { do: 'priority', priority: 'urgent' },
        { do: 'assign', team: 'care' },
      ],
    },
    {
      name: 'Wer kündigen will, wartet nicht',
      asks: 'each',
      when: [{ about: 'topic', topic: 'Kündigung' }],
      does: [
        { do: 'priority', priority: 'high' },
        { do: 'tag', tag: 'Vertrag' },
        { do: 'assign', team: 'care', skill: { language: true, product: 'Vertrag' } },
        { do: 'four-eyes' },
      ],
    },
    {
      name: 'Störungen gehen zur Technik',
      asks: 'first',
      when: [{ about: 'topic', topic: 'Störungen' }],
      does: [
        { do: 'tag', tag: 'Störung' },
        { do: 'assign', team: 'technik' },
      ],
    },
    {
      name: 'Rechnungen',
      asks: 'first',
      when: [{ about: 'text', is: 'matches', query: 'rechnung* OR abbuch* OR lastschrift*', languages: ['de'] }],
      does: [
        { do: 'tag', tag: 'Rechnung' },
        { do: 'assign', team: 'care', skill: { language: true, product: 'Rechnung' } },
      ],
    },
    {
      name: 'Lob hat Zeit',
      asks: 'first',
      when: [
        { about: 'sentiment', is: 'any-of', sentiments: ['positive'] },
        { about: 'intent', is: 'any-of', intents: ['praise'] },
      ],
      does: [
        { do: 'priority', priority: 'low' },
        { do: 'tag', tag: 'Lob' },
      ],
    },
  ],
  policy: {
    note: 'Siezen, keine Kundennummern, nichts von anderen Kunden der Agentur',
    document: {
      preset: 'small-team',
      address: { de: 'Sie', nl: null },
      numberPatterns: ['K-########', 'KD ######'],
      others: [
        { name: 'Steenvlerk', handles: ['steenvlerk.test'], hashtags: ['steenvlerk'], signatures: [] },
        { name: 'Felsdohle', handles: ['felsdohle.test'], hashtags: ['felsdohle'], signatures: [] },
      ],
    },
  },
  layout: {
    name: 'Leitstand',
    topics: ['Störungen', 'Kündigung'],
    searches: [{ name: 'Router', query: 'kobaltbox* AND (router OR wlan OR lampe* OR blink*)' }],
  },
}

export const deskOrders: DeskOrder[] = [KOBALTFON]
