import type { Finding } from '../findings.ts'
import type { Formats } from './formats.ts'
import type { ReportTexts } from './texts-en.ts'

export const dutch = (f: Formats): ReportTexts => {
  const n = (value: number, one: string, many: string) => `${f.whole(value)} ${value === 1 ? one : many}`
  const posts = (value: number) => n(value, 'bericht', 'berichten')
  const term = (label: string) => `‘${label}’`
  const hour = (value: number) => `${value} uur`
  return {
    title: (brand) => `Wat er over ${brand} wordt gezegd`,
    kind: 'Eerste audit',
    meta: (from, to, zone) => `${from} tot en met ${to}, tijden in ${zone}`,
    madeFrom: (name, madeAt) => `Gemaakt op ${madeAt} uit ${name}.`,
    stored: (topic) => (topic ? `opgeslagen berichten over het onderwerp ${term(topic)}` : 'opgeslagen berichten'),
    inShort: 'In het kort',
    seeFigure: 'Figuur',
    finding: (finding: Finding, brand: string): string => {
      switch (finding.kind) {
        case 'volume': {
          const who = finding.authors === null ? '' : ` van ${n(finding.authors, 'auteur', 'auteurs')}`
          const often =
            finding.continuous && finding.days > 1 ? `, op een gewone dag ${f.whole(finding.medianDay)}` : ''
          const old =
            finding.earlier > 0
              ? ` (zonder ${f.whole(finding.earlier)} veel ${finding.earlier === 1 ? 'ouder' : 'oudere'})`
              : ''
          return `${posts(finding.posts)}${who} ${finding.posts === 1 ? 'noemt' : 'noemen'} ${brand} in ${n(finding.days, 'dag', 'dagen')}${old}${often}.`
        }
        case 'patchy':
          return `De berichten zijn niet doorlopend verzameld: op slechts ${f.whole(finding.daysWithPosts)} van de ${f.whole(finding.daysOfPeriod)} dagen staat er iets. Cijfers per dag en uur laten zien hoe er is verzameld; daarom worden er hier geen conclusies uit getrokken.`
        case 'concentrated':
          return `${f.percent(finding.share)} van de berichten over ${brand} komt van maar twee dagen (${f.list(finding.dates.map(f.dayLong))}): een crisis, of de manier waarop is verzameld. Zoek dat uit voordat je iets uit cijfers per dag en uur afleidt.${finding.term ? ` Op de drukste van de twee stond ${term(finding.term.label)} in ${f.percent(finding.term.posts / finding.term.total)} van de berichten, op andere dagen in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.` : ''}`
        case 'share':
          return `${brand} wordt genoemd in ${f.percent(finding.share.value)} van de berichten over de ${f.whole(finding.of)} vergeleken merken: plaats ${finding.rank} van ${finding.of}, ${
            finding.clear
              ? finding.rank === 1
                ? 'duidelijk voor'
                : 'duidelijk achter'
              : 'statistisch niet te onderscheiden van'
          } ${finding.rival} (${f.percent(finding.rivalShare.value)}).`
        case 'peak': {
          const why = finding.term
            ? ` ${term(finding.term.label)} stond in ${f.percent(finding.term.posts / finding.term.total)} van de berichten van die dag, anders in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
            : ' Geen enkel woord verklaart dat: het ging over hetzelfde als anders, alleen vaker.'
          return `${f.dayLong(finding.date)} bracht ${f.number(finding.posts / Math.max(1, finding.usual))} keer het gebruikelijke aantal: ${posts(finding.posts)} in plaats van ${f.whole(finding.usual)}.${why}`
        }
        case 'no-replies':
          return 'Het bestand bevat geen antwoorden, dus antwoorden zijn niet te meten: hoeveel er onbeantwoord bleef en hoe lang, vraagt om een export met antwoordverwijzingen of een gekoppeld account.'
        case 'no-own-posts':
          return `Het bestand bevat ${n(finding.replies, 'antwoord', 'antwoorden')}, maar geen van een account van ${brand}: er is niet geantwoord, of de export laat de antwoorden weg. Zo is het niet te meten.`
        case 'answered':
          return `${brand} beantwoordde ${f.percent(finding.share.value)} van ${n(finding.conversations, 'gesprek', 'gesprekken')}; de helft van de eerste antwoorden kwam binnen ${f.duration(finding.median)}, negen op de tien binnen ${f.duration(finding.p90)}.${
            finding.selected
              ? ' Zo’n hoog aandeel wijst erop dat de berichten rond de antwoorden zijn verzameld; onbeantwoorde kunnen ontbreken.'
              : ''
          }`
        case 'unanswered': {
          const young =
            finding.young > 0
              ? ` ${f.whole(finding.young)} daarvan ${finding.young === 1 ? 'begon' : 'begonnen'} in de laatste 24 uur en kunnen later zijn beantwoord.`
              : ''
          return `${n(finding.conversations, 'gesprek kreeg', 'gesprekken kregen')} in deze berichten geen antwoord; ${f.whole(finding.questions)} daarvan ${finding.questions === 1 ? 'begon' : 'begonnen'} met een vraag.${young}`
        }
        case 'without-cover':
          return `Rond ${f.list(finding.hours.map(hour))} schrijven klanten evenveel als anders, maar antwoordt bijna niemand; ${f.percent(finding.share)} van de gesprekken begint dan.`
        case 'matter': {
          const { term: first, second } = finding
          const share = (figure: typeof first) => f.percent(figure.posts / figure.total)
          const other = (figure: typeof first) => f.percent((figure.otherPosts ?? 0) / (figure.otherTotal ?? 1))
          const also = second ? `, en over ${term(second.label)} (${share(second)} tegen ${other(second)})` : ''
          return `Vaker dan elders gaat het bij ${brand} over ${term(first.label)}: in ${share(first)} van de berichten, tegen ${other(first)} van de andere${also}.`
        }
        case 'frequent':
          return `Het gaat vooral over ${f.list(finding.terms.map(({ label, posts: inPosts, total }) => `${term(label)} (${f.percent(inPosts / total)})`))}.`
        case 'rising':
          return `Sinds ${f.dayLong(finding.since)} neemt ${term(finding.term.label)} toe: ${f.percent(finding.term.posts / finding.term.total)} van de berichten, daarvoor ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
        case 'hours':
          return `${f.percent(finding.outside.value)} van de berichten wordt buiten maandag tot en met vrijdag van 9 tot 18 uur geschreven; het drukste uur van de dag begint om ${hour(finding.hour)}.`
        case 'questions': {
          const day =
            finding.perDay !== null && finding.perDay >= 1
              ? `, op een gewone dag ongeveer ${f.whole(finding.perDay)}`
              : ''
          return `${f.percent(finding.share)} van de berichten bevat een vraag: ${f.whole(finding.posts)} in totaal${day}.`
        }
        case 'competitor':
          return `Wat ${finding.name} van de rest onderscheidt, is ${term(finding.term.label)}: in ${f.percent(finding.term.posts / finding.term.total)} van de berichten daarover.`
        case 'language':
          return `${f.percent(finding.share.value)} van de berichten is in het ${f.language(finding.code)}: iemand moet in die taal kunnen antwoorden.`
        case 'wave':
          return `Dezelfde tekst verscheen ${f.whole(finding.posts)} keer van ${n(finding.authors, 'account', 'accounts')}: een golf, niet evenveel losse kwesties.`
        case 'voices':
          return `${f.percent(finding.onceShare)} van de ${n(finding.authors, 'auteur', 'auteurs')} schreef maar één keer; de tien actiefste schreven ${f.percent(finding.topTenShare)} van alle berichten.`
      }
    },
    key: {
      posts: 'Berichten die het merk noemen',
      authors: 'Auteurs',
      perDay: 'Op een gewone dag',
      share: 'Aandeel in het gesprek',
      questions: 'Bevat een vraag',
      answered: 'Gesprekken beantwoord',
      median: 'Eerste antwoord (mediaan)',
      ofBrands: (count) => `onder ${count} merken`,
      unknown: 'niet bekend',
      notMeasurable: 'niet in dit bestand',
    },
    table: 'Tabel',
    csv: 'Als CSV downloaden',
    samples: (count) => n(count, 'voorbeeld', 'voorbeelden'),
    drawn: 'Willekeurig getrokken uit de berichten achter het cijfer.',
    original: 'origineel',
    gone: 'Dit bericht is verwijderd.',
    columns: {
      post: 'Berichten',
      share: 'Aandeel',
      interval: '95%-interval',
      from: 'Vanaf',
      brand: 'Merk',
      authors: 'Auteurs',
      addressed: 'Aan het account',
      together: 'Met ander merk',
      weekday: 'Weekdag',
      place: 'Waar',
      language: 'Taal',
      term: 'Woord of woordgroep',
      here: 'Hier',
      elsewhere: 'Elders',
      certainty: 'G²',
      author: 'Account',
      mentions: 'Vermeldingen',
      replies: 'Antwoorden',
      followers: 'Volgers',
      within: 'Eerste antwoord',
      conversations: 'Gesprekken',
      hour: 'Uur',
      answered: 'Beantwoord',
      median: 'Wachttijd (mediaan)',
      ownPosts: 'Berichten van het merk',
      text: 'Tekst',
      until: 'Tot',
      form: 'Geschreven als',
    },
    when: 'Wanneer',
    overTime: { day: 'Berichten per dag', week: 'Berichten per week', month: 'Berichten per maand' },
    overTimeHow: (count, from, to, zone) =>
      `Berichten van klanten die het merk noemen (${f.whole(count)}), van ${from} tot ${to}, per kalenderdag in ${zone}. Gearceerd: de berichten beginnen of eindigen daarin.`,
    earlier: (count) =>
      `${posts(count)}, veel ouder dan de rest, ${count === 1 ? 'ontbreekt' : 'ontbreken'} in de figuur.`,
    peaksNote:
      'Gemarkeerd: dagen die minstens de helft en meer dan drie afwijkingen boven de mediaan van de andere liggen.',
    peak: (day, count, usual) => `${day}: ${f.whole(count)} in plaats van ${f.whole(usual)} berichten`,
    peakTerms: 'Vaker dan op andere dagen:',
    noPeakTerms: 'Geen woord springt eruit: dezelfde kwesties als anders, alleen meer.',
    heat: 'Berichten per weekdag en uur',
    heatHow: (count, zone) =>
      `Dezelfde ${f.whole(count)} berichten naar plaatselijk uur in ${zone}. Weekdagen die vaker in de periode voorkomen, hebben meer kans om berichten te verzamelen.`,
    patchyNote:
      'De berichten zijn mogelijk niet doorlopend verzameld: dan beschrijft de figuur de bron, niet de klanten.',
    who: 'Over wie het gaat',
    share: 'Aandeel in het gesprek (share of voice)',
    shareHow: (count) =>
      `Berichten van klanten die een merk noemen, als aandeel van de ${f.whole(count)} die er minstens één noemen; een bericht kan er meer noemen, dus tellen de aandelen op tot meer dan 100%. Lijn: 95%-interval volgens Wilson. Berichten van eigen accounts van de merken tellen niet mee.`,
    shareAlone: (share, count) =>
      `${share} van de ${f.whole(count)} berichten van klanten noemt het merk. Geef concurrenten op om het aandeel in het gesprek te zien.`,
    recognised: 'Waaraan de merken zijn herkend',
    recognisedHow:
      'Aan deze zoekvragen in de luistertaal. Schrijfwijzen: in hoeveel berichten ze staan; ga na of een naam ook iets anders betekent.',
    ownAccounts: 'Eigen accounts onder de auteurs',
    none: 'geen',
    where: 'Waar en in welke talen',
    places: 'Netwerken en sites',
    placesHow: (count) => `${posts(count)} naar netwerk of, op het open web, naar site.`,
    onePlace: (place) => `Alle berichten komen van ${place}.`,
    languages: 'Talen',
    languagesHow: (count) =>
      `${posts(count)} naar taal, zoals het netwerk die opgeeft of zoals herkend aan de tekst; bij korte teksten wordt niet gegokt.`,
    unknownLanguage: 'niet herkend',
    otherLanguages: 'andere',
    about: 'Waarover',
    frequent: 'Het meest besproken',
    frequentHow: (count) =>
      `Aandeel van ${f.whole(count)} berichten waarin een woord of woordgroep in een van zijn vormen staat. Herhaalde teksten tellen één keer; handles, adressen, stopwoorden en de merknamen zijn weggelaten.`,
    telling: (brand) => `Vaker ter sprake bij ${brand} dan elders`,
    tellingHow: (count, other) =>
      `${f.whole(count)} berichten over het merk tegenover ${f.whole(other)} die het niet noemen. Getoond: minstens 1,3 keer zo vaak, 95%-intervallen uit elkaar, G² (log-likelihood volgens Dunning) boven 15,1.`,
    noTelling: 'Geen woord komt hier met zekerheid vaker ter sprake dan elders.',
    noBackground: 'Bijna alle berichten noemen het merk, dus er is niets om mee te vergelijken.',
    here: (brand) => `berichten over ${brand}`,
    elsewhere: 'andere berichten',
    ownWords: 'Woorden die verder bijna niemand gebruikt',
    ownWordsHow: 'Minstens vijf keer zo vaak als elders: producten, plaatsen, programma’s en campagnes van het merk.',
    rising: (since) => `In opkomst sinds ${since}`,
    risingHow:
      'Berichten over het merk in het laatste derde deel van de periode tegenover die ervoor; volgens dezelfde regel.',
    noRising: 'Niets nam meer toe dan toeval kan verklaren.',
    before: 'daarvoor',
    since: 'sindsdien',
    competitors: 'Wat concurrenten onderscheidt',
    competitorsHow:
      'Telkens de woorden van hun berichten tegenover alle berichten die ze niet noemen; volgens dezelfde regel, en vaker dan bij het merk zelf.',
    whoSpeaks: 'Wie er spreekt',
    voicesSaid: (authors, once, topTen, total) =>
      `${n(authors, 'auteur', 'auteurs')}; ${f.percent(once / authors)} schreef één keer. De tien actiefste schreven ${f.percent(topTen / total)} van de ${f.whole(total)} berichten.`,
    active: 'Actiefste stemmen',
    activeHow: 'Accounts naar het aantal berichten dat het merk noemt; eigen accounts van de merken zijn weggelaten.',
    heard: 'Meest gehoorde stemmen',
    heardHow:
      'Accounts die anderen noemen in berichten over het merk, of waarvan de berichten erover in dit bestand antwoorden kregen; minstens drie keer.',
    followersUnknown: 'Het bestand zegt niet hoeveel volgers de accounts hebben.',
    nobodyHeard: 'Geen account werd drie keer genoemd of beantwoord.',
    authorsUnknown: 'Het bestand zegt niet wie de berichten schreef.',
    answers: 'Wat onbeantwoord bleef',
    answersHow: (conversations, brand) =>
      `Een gesprek is wat één klant in één draad zegt, vanaf het eerste bericht daar dat ${brand} noemt; het is beantwoord met het eerste latere antwoord van een eigen account van het merk aan die klant in die draad. ${n(conversations, 'gesprek', 'gesprekken')}; interval volgens Wilson; mediaan en negende deciel volgens dichtstbijzijnde rang.`,
    answersSaid: (answered, conversations, low, high) =>
      `${f.whole(answered)} van ${f.whole(conversations)} gesprekken zijn beantwoord (95%-interval: ${low} tot ${high}).`,
    elsewhereAnswers: (count) =>
      `${n(count, 'ander antwoord', 'andere antwoorden')} van het merk ${count === 1 ? 'ging' : 'gingen'} naar klanten die het niet noemen; die tellen hier niet mee.`,
    orphans: (count) =>
      `${n(count, 'antwoord verwijst', 'antwoorden verwijzen')} naar berichten die in het bestand ontbreken; die zijn niet te plaatsen.`,
    selected:
      'Bijna elk gesprek is beantwoord. Dat is typisch voor bestanden die rond de antwoorden van een merk zijn verzameld; zie het aandeel als bovengrens.',
    times: 'Tijd tot het eerste antwoord',
    classes: (ends) => [
      ...ends.map((end) => `binnen ${f.duration(end)}`),
      `later dan ${f.duration(ends.at(-1) ?? 0)}`,
      'geen antwoord',
    ],
    byHour: 'Begonnen gesprekken en berichten van het merk per uur',
    byHourHow: (zone) =>
      `Naar plaatselijk uur in ${zone}. Breed: begonnen gesprekken; smal: berichten van de eigen accounts.`,
    opened: 'begonnen gesprekken',
    own: 'berichten van het merk',
    withoutCover: (hours) =>
      `Uren zonder bezetting (gesprekken op of boven het uurgemiddelde, eigen berichten onder een kwart van het hunne): ${f.list(hours.map(hour))}.`,
    unanswered: 'Onbeantwoord',
    unansweredQuestions: (count) =>
      `${n(count, 'onbeantwoord gesprek begint', 'onbeantwoorde gesprekken beginnen')} met een vraag.`,
    slowest: 'Het langst op antwoord gewacht',
    slowestChosen: 'Van alles wat is beantwoord, wachtten deze het langst.',
    waited: (minutes) => `beantwoord na ${f.duration(minutes)}`,
    unansweredDrawn: 'Willekeurig getrokken: enkele die met een vraag beginnen, en enkele andere.',
    questions: 'Vragen',
    questionsHow: (count, total) =>
      `${f.whole(count)} van ${f.whole(total)} berichten bevatten een vraagteken buiten webadressen. Klachten en verzoeken zonder vraagteken horen daar niet bij: of een bericht een klacht is, wordt hier niet beoordeeld.`,
    waves: 'Herhaalde teksten',
    wavesHow:
      'Dezelfde vijf of meer woorden (handles en adressen niet meegerekend) van minstens drie accounts, vijf keer of vaker.',
    noWaves: 'Geen tekst verscheen vijf keer van drie of meer accounts.',
    method: 'Wat is geteld en wat is weggelaten',
    rowsSaid: (read, kept, duplicates) =>
      `${n(read, 'rij', 'rijen')} gelezen; ${posts(kept)} gehouden; ${n(duplicates, 'herhaling', 'herhalingen')} met hetzelfde id weggelaten.`,
    rejected: (count, line) =>
      `${n(count, 'rij', 'rijen')} geweigerd${line === null ? '' : `, eerst in regel ${line}`}.`,
    tooLow: (most) =>
      `De berichten bevatten meer verschillende woorden en woordgroepen dan tegelijk worden geteld: het aantal bij een woord kan hoogstens ${n(most, 'bericht', 'berichten')} te laag zijn.`,
    mapping: 'Kolommen zijn gelezen als',
    method2: 'Wat mensen ervan vinden, hoort niet bij dit rapport. Formules en bronnen: docs/audit.md van Rapport.',
    privacy: (anonymous) =>
      anonymous
        ? 'Gegevensbescherming: namen en links ontbreken, maar geciteerde berichten zijn aan hun woorden terug te vinden. Behandel het rapport als persoonsgegevens en verwijder het als het zijn doel heeft gediend.'
        : 'Gegevensbescherming: dit rapport citeert berichten en noemt auteurs zoals ze in de bron staan. Het is voor intern gebruik, om over een programma te beslissen; publiceer het niet en verwijder het na de beslissing. De optie ‘anoniem’ laat namen en links weg.',
    printNote: 'Wat hier is opengeklapt, wordt gedrukt; wat dicht is niet.',
  }
}
