import { baseLanguage } from '../text/index.ts'
import type { MatchablePost } from './post.ts'
import { handleKeys, type Part, readWordsOf, type Words } from './words.ts'

/** What lies behind is kept with the post but not searched. */
const TEXT_CHARACTERS_READ_MAX = 20_000
const TITLE_CHARACTERS_READ_MAX = 1_000
const NAME_CHARACTERS_READ_MAX = 200

/** A post as all queries read it: split once, and only when a query has to look at it, however many queries there are. */
export interface PreparedPost {
  readonly post: MatchablePost
  /** The post is in German or its language is not known: ae oe ue may stand for umlauts. */
  readonly german: boolean
  readonly words: Words
  /** Keys of the accounts mentioned, whether or not the text names them. */
  readonly mentioned: ReadonlySet<string>
  authorName(): Words
  sourceName(): Words
}

export function prepare(post: MatchablePost): PreparedPost {
  const german = post.language === null || baseLanguage(post.language) === 'de'
  const words = once(() => readWordsOf(partsOf(post), german))
  const mentioned = once(() => new Set(post.mentions.flatMap(handleKeys)))
  return {
    post,
    german,
    get words() {
      return words()
    },
    get mentioned() {
      return mentioned()
    },
    authorName: once(() => nameWords(post.author.name)),
    sourceName: once(() => nameWords(post.sourceName)),
  }
}

/** What is read of a post, in the order in which positions count. */
export function partsOf(post: MatchablePost): readonly (readonly [Part, string])[] {
  const title = (post.title ?? '').slice(0, TITLE_CHARACTERS_READ_MAX)
  return [
    ['title', title],
    ['text', post.text.slice(0, TEXT_CHARACTERS_READ_MAX)],
  ]
}

/** A name is not in the language of the post, so German spelling is always possible. */
function nameWords(name: string | null): Words {
  return readWordsOf([['text', (name ?? '').slice(0, NAME_CHARACTERS_READ_MAX)]], true)
}

function once<Value>(compute: () => Value): () => Value {
  let value: Value | undefined
  return () => {
    value ??= compute()
    return value
  }
}
