import type { HeardItem } from '../server/connectors/index.ts'
import { numbersFrom } from './random.ts'

const WORDS: Record<string, string[]> = {
  en: 'the router is down again since morning and nobody answers my phone call what a pity because this network was really fast last week please help me quickly thanks'.split(
    ' ',
  ),
  de: 'der Router geht seit heute früh schon wieder nicht und niemand nimmt am Telefon ab schade denn das Netz war letzte Woche wirklich schnell bitte helfen Sie mir danke'.split(
    ' ',
  ),
  nl: 'de router doet het sinds vanmorgen weer niet en niemand neemt de telefoon op jammer want het netwerk was vorige week echt snel help me alsjeblieft bedankt'.split(
    ' ',
  ),
}
const BRANDS = ['nordwind', 'pinewood', 'tidewater', 'kestrel']
const LANGUAGES = Object.keys(WORDS)
const AUTHORS = 5_000
const START = Date.UTC(2026, 0, 1)

/** The same post for the same number, so that a run can be repeated and its outcome counted. */
export function inventedPost(number: number, network = 'bench'): HeardItem {
  const random = numbersFrom(number)
  const language = LANGUAGES[random() % LANGUAGES.length] as string
  const words = WORDS[language] as string[]
  const text = Array.from({ length: 12 + (random() % 20) }, () => words[random() % words.length])
  text.splice(random() % text.length, 0, BRANDS[random() % BRANDS.length] as string)
  const account = random() % AUTHORS
  return {
    kind: 'post',
    post: {
      network,
      scope: '',
      externalId: `post-${number}`,
      reference: `reference-${number}`,
      author: {
        network,
        scope: '',
        networkId: `account-${account}`,
        handle: `person${account}.bench.example`,
        name: `Person ${account}`,
        avatarUrl: `https://bench.example/avatars/${account}.jpg`,
        bio: null,
        url: `https://bench.example/people/${account}`,
        followers: account,
        stable: true,
      },
      title: null,
      text: text.join(' '),
      url: `https://bench.example/posts/${number}`,
      publishedAt: new Date(START + number * 1_000),
      editedAt: null,
      // Networks state the language of about half of all posts.
      language: random() % 2 === 0 ? language : null,
      parent: null,
      root: null,
      media: [],
      links: random() % 4 === 0 ? [`https://news.example/${number}`] : [],
      mentions: [],
      site: 'bench.example',
      addressed: false,
    },
  }
}
