import { OFFENSIVE_WORDS } from './offensive-words.ts'
import { Phrases } from './phrases.ts'
import type { PostFeatures } from './post-features.ts'
import { phraseWord } from './read-features.ts'

const phrases = new Phrases(phraseWord)
phrases.add(OFFENSIVE_WORDS, 0)

/** An insult, a slur or obscene abuse stands in the post, whoever is meant by it. It is a flag for people: it hides nothing. */
export function isOffensive(features: PostFeatures): boolean {
  return phrases.find(features.phraseWord, features.phraseWords) !== null
}
