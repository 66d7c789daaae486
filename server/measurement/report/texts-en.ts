import type { Finding } from '../findings.ts'
import type { Formats } from './formats.ts'

export const english = (f: Formats) => {
  const n = (value: number, one: string, many: string) => `${f.whole(value)} ${value === 1 ? one : many}`
  const posts = (value: number) => n(value, 'post', 'posts')
  const term = (label: string) => `“${label}”`
  const hour = (value: number) => `${String(value).padStart(2, '0')}:00`
  return {
    title: (brand: string) => `What is said about ${brand}`,
    kind: 'First audit',
    meta: (from: string, to: string, zone: string) => `${from} to ${to}, times in ${zone}`,
    madeFrom: (name: string, madeAt: string) => `Made ${madeAt} from ${name}.`,
    stored: (topic: string | null) => (topic ? `stored posts of the topic ${term(topic)}` : 'stored posts'),
    inShort: 'In short',
    seeFigure: 'Figure',
    finding: (finding: Finding, brand: string): string => {
      switch (finding.kind) {
        case 'volume': {
          const who = finding.authors === null ? '' : ` by ${n(finding.authors, 'author', 'authors')}`
          const often = finding.continuous && finding.days > 1 ? `, on a usual day ${f.whole(finding.medianDay)}` : ''
          const old = finding.earlier > 0 ? ` (${f.whole(finding.earlier)} much older left out)` : ''
          return `${posts(finding.posts)}${who} name ${brand} within ${n(finding.days, 'day', 'days')}${old}${often}.`
        }
        case 'patchy':
          return `The posts are not a continuous record: only ${f.whole(finding.daysWithPosts)} of ${f.whole(finding.daysOfPeriod)} days have any. Numbers by day and hour show how the posts were gathered, so nothing is concluded from them here.`
        case 'concentrated':
          return `${f.percent(finding.share)} of the posts about ${brand} come from ${f.list(finding.dates.map(f.dayLong))}: a crisis, or the way in which the posts were gathered. Ask before you conclude anything from numbers by day and hour.${finding.term ? ` On the busiest of them ${term(finding.term.label)} stood in ${f.percent(finding.term.posts / finding.term.total)} of posts, on other days in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.` : ''}`
        case 'share':
          return `${brand} is named in ${f.percent(finding.share.value)} of the posts about the ${f.whole(finding.of)} brands compared: rank ${finding.rank} of ${finding.of}, ${
            finding.clear ? (finding.rank === 1 ? 'clearly ahead of' : 'clearly behind') : 'too close to tell from'
          } ${finding.rival} (${f.percent(finding.rivalShare.value)}).`
        case 'peak': {
          const why = finding.term
            ? ` ${term(finding.term.label)} stood in ${f.percent(finding.term.posts / finding.term.total)} of that day’s posts, otherwise in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
            : ' No single word explains it: the same matters were raised, only more often.'
          return `${f.dayLong(finding.date)} brought ${f.number(finding.posts / Math.max(1, finding.usual))} times the usual: ${posts(finding.posts)} instead of ${f.whole(finding.usual)}.${why}`
        }
        case 'no-replies':
          return 'The file has no replies, so answers cannot be measured: how much stayed unanswered, and for how long, needs an export with reply links or a connected account.'
        case 'no-own-posts':
          return `The file has ${n(finding.replies, 'reply', 'replies')}, but none by an account of ${brand}: either nothing was answered, or the export leaves answers out. So answers cannot be measured.`
        case 'answered':
          return `${brand} answered ${f.percent(finding.share.value)} of ${n(finding.conversations, 'conversation', 'conversations')}; half of the first answers came within ${f.duration(finding.median)}, nine in ten within ${f.duration(finding.p90)}.${
            finding.selected
              ? ' So high a share suggests that the posts were gathered around the answers; unanswered ones may be missing.'
              : ''
          }`
        case 'unanswered': {
          const young =
            finding.young > 0
              ? ` ${f.whole(finding.young)} of them began in the last 24 hours of the posts and may have been answered later.`
              : ''
          return `${n(finding.conversations, 'conversation', 'conversations')} got no answer among these posts, ${n(finding.questions, 'of them opened with a question', 'of them opened with a question')}.${young}`
        }
        case 'without-cover':
          return `Around ${f.list(finding.hours.map(hour))} customers write as much as usual but hardly anybody answers; ${f.percent(finding.share)} of conversations begin then.`
        case 'matter': {
          const { term: first, second } = finding
          const share = (figure: typeof first) => f.percent(figure.posts / figure.total)
          const other = (figure: typeof first) => f.percent((figure.otherPosts ?? 0) / (figure.otherTotal ?? 1))
          const also = second ? `, and ${term(second.label)} (${share(second)} against ${other(second)})` : ''
          return `More than elsewhere, posts about ${brand} speak of ${term(first.label)}: ${share(first)} of them, against ${other(first)} of the other posts${also}.`
        }
        case 'frequent':
          return `Most is said about ${f.list(finding.terms.map(({ label, posts: inPosts, total }) => `${term(label)} (${f.percent(inPosts / total)})`))}.`
        case 'rising':
          return `Since ${f.dayLong(finding.since)} ${term(finding.term.label)} has been rising: ${f.percent(finding.term.posts / finding.term.total)} of posts, before ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
        case 'hours':
          return `${f.percent(finding.outside.value)} of posts are written outside Monday to Friday, 9:00 to 18:00; the busiest hour of the day begins at ${hour(finding.hour)}.`
        case 'questions': {
          const day =
            finding.perDay !== null && finding.perDay >= 1 ? `, on a usual day about ${f.whole(finding.perDay)}` : ''
          return `${f.percent(finding.share)} of posts hold a question: ${f.whole(finding.posts)} in all${day}.`
        }
        case 'competitor':
          return `What sets ${finding.name} apart from the rest is ${term(finding.term.label)}, in ${f.percent(finding.term.posts / finding.term.total)} of its posts.`
        case 'language':
          return `${f.percent(finding.share.value)} of posts are in ${f.language(finding.code)}: somebody has to be able to answer in it.`
        case 'wave':
          return `The same text was posted ${f.whole(finding.posts)} times by ${n(finding.authors, 'author', 'authors')}: a wave, not so many separate matters.`
        case 'voices':
          return `${f.percent(finding.onceShare)} of the ${n(finding.authors, 'author', 'authors')} wrote just once; the ten most active wrote ${f.percent(finding.topTenShare)} of all posts.`
      }
    },
    key: {
      posts: 'Posts naming the brand',
      authors: 'Authors',
      perDay: 'On a usual day',
      share: 'Share of voice',
      questions: 'Hold a question',
      answered: 'Conversations answered',
      median: 'First answer (median)',
      ofBrands: (count: number) => `among ${count} brands`,
      unknown: 'not known',
      notMeasurable: 'not in this file',
    },
    table: 'Table',
    csv: 'Download as CSV',
    samples: (count: number) => n(count, 'sample post', 'sample posts'),
    drawn: 'Drawn at random among the posts behind the figure.',
    original: 'original',
    gone: 'This post was deleted.',
    columns: {
      post: 'Posts',
      share: 'Share',
      interval: '95% interval',
      from: 'From',
      brand: 'Brand',
      authors: 'Authors',
      addressed: 'To its account',
      together: 'With another brand',
      weekday: 'Weekday',
      place: 'Where',
      language: 'Language',
      term: 'Word or phrase',
      here: 'Here',
      elsewhere: 'Elsewhere',
      certainty: 'G²',
      author: 'Author',
      mentions: 'Mentions',
      replies: 'Replies',
      followers: 'Followers',
      within: 'First answer',
      conversations: 'Conversations',
      hour: 'Hour',
      answered: 'Answered',
      median: 'Median wait',
      ownPosts: 'Posts of the brand',
      text: 'Text',
      until: 'Until',
      form: 'Written as',
    },
    when: 'When',
    overTime: { day: 'Posts per day', week: 'Posts per week', month: 'Posts per month' },
    overTimeHow: (count: number, from: string, to: string, zone: string) =>
      `Posts of customers that name the brand (${f.whole(count)}), from ${from} to ${to}, by calendar day in ${zone}. Hatched: the posts begin or end during it.`,
    earlier: (count: number) => `${posts(count)} much older than the rest left out of the chart.`,
    peaksNote: 'Marked: days at least half above the median of the others and more than three deviations away.',
    peak: (day: string, count: number, usual: number) => `${day}: ${f.whole(count)} instead of ${f.whole(usual)} posts`,
    peakTerms: 'More than on other days:',
    noPeakTerms: 'No word stands out: the same matters as on other days, only more.',
    heat: 'Posts by weekday and hour',
    heatHow: (count: number, zone: string) =>
      `The same ${f.whole(count)} posts by local hour in ${zone}. Weekdays that occur more often in the period have more chances to collect posts.`,
    patchyNote:
      'The posts may not have been gathered continuously: read this figure as a record of the source, not of customers.',
    who: 'Who is spoken of',
    share: 'Share of voice',
    shareHow: (count: number) =>
      `Customers’ posts that name a brand, as a share of the ${f.whole(count)} that name at least one; a post can name several, so shares add up to more than 100%. Line: 95% interval after Wilson. Posts of the brands’ own accounts are not counted.`,
    shareAlone: (share: string, count: number) =>
      `${share} of the ${f.whole(count)} posts of customers name the brand. Name competitors to see its share of voice.`,
    recognised: 'How the brands were recognised',
    recognisedHow:
      'By these queries in the listening language. Forms: in how many posts each spelling stands; check them for other meanings of a name.',
    ownAccounts: 'Own accounts among the authors',
    none: 'none',
    where: 'Where and in which languages',
    places: 'Networks and sites',
    placesHow: (count: number) => `${posts(count)} by the network or, on the open web, the site that carries them.`,
    onePlace: (place: string) => `All posts come from ${place}.`,
    languages: 'Languages',
    languagesHow: (count: number) =>
      `${posts(count)} by language, as the network stated it or as recognised from the text; short texts are left unknown rather than guessed.`,
    unknownLanguage: 'not recognised',
    otherLanguages: 'others',
    about: 'About what',
    frequent: 'Spoken of most',
    frequentHow: (count: number) =>
      `Share of ${f.whole(count)} posts in which a word or phrase stands, in any of its forms. Repeated texts count once; handles, addresses, stop words and the brands’ names are left out.`,
    telling: (brand: string) => `Raised more often about ${brand} than elsewhere`,
    tellingHow: (count: number, other: number) =>
      `${f.whole(count)} posts about the brand against ${f.whole(other)} posts that do not name it. Shown: at least 1.3 times as frequent, 95% intervals apart, G² (log-likelihood after Dunning) above 15.1.`,
    noTelling: 'No word is certain to be raised more often here than elsewhere.',
    noBackground: 'Nearly all posts name the brand, so there is nothing to compare them with.',
    here: (brand: string) => `posts about ${brand}`,
    elsewhere: 'other posts',
    ownWords: 'Words that hardly anybody else uses',
    ownWordsHow:
      'At least five times as frequent as elsewhere: products, places, programmes and campaigns of the brand.',
    rising: (since: string) => `Rising since ${since}`,
    risingHow: 'Posts about the brand in the last third of the period against those before; by the same rule as above.',
    noRising: 'Nothing rose by more than chance.',
    before: 'before',
    since: 'since then',
    competitors: 'What sets competitors apart',
    competitorsHow:
      'For each, words of its posts against all posts that do not name it; by the same rule, and more than about the brand.',
    whoSpeaks: 'Who speaks',
    voicesSaid: (authors: number, once: number, topTen: number, total: number) =>
      `${n(authors, 'author', 'authors')}; ${f.percent(once / authors)} wrote once. The ten most active wrote ${f.percent(topTen / total)} of the ${f.whole(total)} posts.`,
    active: 'Most active voices',
    activeHow: 'Authors by number of posts that name the brand; the brands’ own accounts are left out.',
    heard: 'Most heard voices',
    heardHow:
      'Accounts whom others mention in posts about the brand, or whose posts about it got replies in this file; at least three times.',
    followersUnknown: 'The file does not say how many followers authors have.',
    nobodyHeard: 'No account was mentioned or answered three times.',
    authorsUnknown: 'The file does not say who wrote the posts.',
    answers: 'What stayed unanswered',
    answersHow: (conversations: number, brand: string) =>
      `A conversation is what one customer says in one thread, from their first post there that names ${brand}; it is answered by the first later reply of one of the brand’s own accounts to that customer in that thread. ${n(conversations, 'conversation', 'conversations')}; interval after Wilson; median and ninth decile by nearest rank.`,
    answersSaid: (answered: number, conversations: number, low: string, high: string) =>
      `${f.whole(answered)} of ${f.whole(conversations)} conversations were answered (95% interval: ${low} to ${high}).`,
    elsewhereAnswers: (count: number) =>
      `${n(count, 'further answer', 'further answers')} of the brand went to customers whose posts do not name it; they are not counted here.`,
    orphans: (count: number) =>
      `${n(count, 'reply answers a post', 'replies answer posts')} that the file does not hold; these cannot be placed.`,
    selected:
      'Nearly every conversation is answered. That is typical of files gathered around a brand’s answers; take the share as an upper bound.',
    times: 'Time to first answer',
    classes: (ends: number[]) => [
      ...ends.map((end) => `within ${f.duration(end)}`),
      `later than ${f.duration(ends.at(-1) ?? 0)}`,
      'no answer',
    ],
    byHour: 'Conversations begun and posts of the brand, by hour',
    byHourHow: (zone: string) =>
      `By local hour in ${zone}. Broad: conversations begun; slim: posts by the brand’s own accounts.`,
    opened: 'conversations begun',
    own: 'posts of the brand',
    withoutCover: (hours: number[]) =>
      `Hours without cover (conversations at or above the hourly mean, own posts below a quarter of theirs): ${f.list(hours.map(hour))}.`,
    unanswered: 'Unanswered',
    unansweredQuestions: (count: number) =>
      `${n(count, 'unanswered conversation begins', 'unanswered conversations begin')} with a question.`,
    slowest: 'Waited longest for an answer',
    slowestChosen: 'Of all that were answered, these waited longest.',
    waited: (minutes: number) => `answered after ${f.duration(minutes)}`,
    unansweredDrawn: 'Drawn at random: some that begin with a question, and some that do not.',
    questions: 'Questions',
    questionsHow: (count: number, total: number) =>
      `${f.whole(count)} of ${f.whole(total)} posts hold a question mark outside of web addresses. Complaints and requests without one are not among them: whether a post complains is not judged here.`,
    waves: 'Repeated texts',
    wavesHow:
      'The same five or more words (handles and addresses aside) from at least three authors, five times or more.',
    noWaves: 'No text was posted five times by three or more authors.',
    method: 'What was counted, what was left out',
    rowsSaid: (read: number, kept: number, duplicates: number) =>
      `${n(read, 'row', 'rows')} read; ${posts(kept)} kept; ${n(duplicates, 'repeat of a post', 'repeats of posts')} with the same id left out.`,
    rejected: (count: number, line: number | null) =>
      `${n(count, 'row', 'rows')} rejected${line === null ? '' : `, first in line ${line}`}.`,
    tooLow: (most: number) =>
      `The posts hold more different words and phrases than are counted at once: a count of a word or phrase can be too low by at most ${posts(most)}.`,
    mapping: 'Columns were read as',
    method2: 'How people feel about it is not part of this report. Formulas and sources: docs/audit.md of Rapport.',
    privacy: (anonymous: boolean): string =>
      anonymous
        ? 'Data protection: names and links are left out, but sample posts are quoted and can be found by their words. Treat the report as personal data and delete it when it has served its purpose.'
        : 'Data protection: this report quotes posts and names authors as they stand in the source. It is for internal use, to decide about a programme; do not publish it, and delete it when that is decided. The option “anonymous” leaves names and links out.',
    printNote: 'What is opened here is printed; what is closed is not.',
  }
}

export type ReportTexts = ReturnType<typeof english>
