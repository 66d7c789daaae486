import type { Known } from './known.ts'

/** How far a part is read. What lies behind is not judged, and the check `unread` says so. */
export const CHARACTERS_READ_MAX = 20_000
/** More links or texts of pictures than any network takes. */
export const PARTS_READ_MAX = 50

export const DRAFT_KINDS = ['reply', 'post', 'private'] as const
export type DraftKind = (typeof DRAFT_KINDS)[number]
/** Who or what wrote the words: typed by a member, put in by a macro, written by a bot, or sent later by the clock. */
export type DraftOrigin = 'typed' | 'macro' | 'bot' | 'schedule'

/** Something that is about to be said in our name, with all that its judgement rests on. */
export interface Draft {
  kind: DraftKind
  origin: DraftOrigin
  title: string | null
  text: string
  /** Addresses that go with the text but do not stand in it. */
  links: readonly string[]
  /** Texts of pictures for those who do not see them. */
  alternatives: readonly string[]
  /** BCP 47: in which language it is to be written; null where nobody said. */
  language: string | null
  /** Ids of the topics it belongs to: claims may be banned for some only. */
  topics: readonly string[]
  /** Somebody pays for it, gave something for it, or it advertises for somebody. */
  paid: boolean
  answered: Answered | null
  customer: KnownCustomer | null
  circumstances: Circumstances
}

/** What a reply replies to. */
export interface Answered {
  text: string
  /** It is a complaint, as far as is known. */
  complaint: boolean
}

/** What is known of the person who is answered. Names under which the network shows them are public, all others are not. */
export interface KnownCustomer {
  handles: readonly string[]
  publicNames: readonly string[]
  names: readonly string[]
  /** Keys as `mailKey` makes them. */
  mails: Known
  /** Keys are E.164. */
  phones: Known
  /** Order, customer and contract numbers; keys as `numberKey` makes them. */
  numbers: Known
}

/** What is true at this moment, told by the caller: a fact, never a guess. */
export interface Circumstances {
  now: Date
  /** Name of the crisis that froze this account or topic. */
  frozenBy: string | null
  embargoUntil: Date | null
  author: { trained: boolean; maySpeak: boolean }
  /** Somebody decided beforehand that a second person looks at what is said here. */
  fourEyes?: boolean
}

/** A draft that says nothing about itself but what is given: past answers, tests, the dry run. */
export function draftOf(text: string, details: Partial<Draft> = {}): Draft {
  return {
    kind: 'reply',
    origin: 'typed',
    title: null,
    text,
    links: [],
    alternatives: [],
    language: null,
    topics: [],
    paid: false,
    answered: null,
    customer: null,
    circumstances: {
      now: new Date(0),
      frozenBy: null,
      embargoUntil: null,
      author: { trained: true, maySpeak: true },
    },
    ...details,
  }
}
