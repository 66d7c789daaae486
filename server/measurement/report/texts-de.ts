import type { Finding } from '../findings.ts'
import type { Formats } from './formats.ts'
import type { ReportTexts } from './texts-en.ts'

export const german = (f: Formats): ReportTexts => {
  const n = (value: number, one: string, many: string) => `${f.whole(value)} ${value === 1 ? one : many}`
  const posts = (value: number) => n(value, 'Beitrag', 'Beiträge')
  const term = (label: string) => `„${label}“`
  const hour = (value: number) => `${value} Uhr`
  return {
    title: (brand) => `Was über ${brand} gesagt wird`,
    kind: 'Erste Bestandsaufnahme',
    meta: (from, to, zone) => `${from} bis ${to}, Zeiten in ${zone}`,
    madeFrom: (name, madeAt) => `Erstellt am ${madeAt} aus ${name}.`,
    stored: (topic) => (topic ? `gespeicherten Beiträgen zum Thema ${term(topic)}` : 'gespeicherten Beiträgen'),
    inShort: 'Das Wichtigste',
    seeFigure: 'Abbildung',
    finding: (finding: Finding, brand: string): string => {
      switch (finding.kind) {
        case 'volume': {
          const who = finding.authors === null ? '' : ` von ${n(finding.authors, 'Autor', 'Autorinnen und Autoren')}`
          const often =
            finding.continuous && finding.days > 1
              ? `; an einem gewöhnlichen Tag sind es ${f.whole(finding.medianDay)}`
              : ''
          const old =
            finding.earlier > 0
              ? ` (ohne ${f.whole(finding.earlier)} viel ${finding.earlier === 1 ? 'älteren' : 'ältere'})`
              : ''
          return `${posts(finding.posts)}${who} ${finding.posts === 1 ? 'nennt' : 'nennen'} ${brand} innerhalb von ${n(finding.days, 'Tag', 'Tagen')}${old}${often}.`
        }
        case 'patchy':
          return `Die Beiträge sind nicht durchgehend erfasst: Nur an ${f.whole(finding.daysWithPosts)} von ${f.whole(finding.daysOfPeriod)} Tagen gibt es welche. Zahlen nach Tag und Stunde zeigen, wie gesammelt wurde; hier wird deshalb nichts daraus geschlossen.`
        case 'concentrated':
          return `${f.percent(finding.share)} der Beiträge über ${brand} stammen von nur zwei Tagen (${f.list(finding.dates.map(f.dayLong))}): eine Krise oder die Art, wie gesammelt wurde. Klären Sie das, bevor Sie aus Zahlen nach Tag und Stunde schließen.${finding.term ? ` Am stärkeren der beiden stand ${term(finding.term.label)} in ${f.percent(finding.term.posts / finding.term.total)} der Beiträge, an den übrigen Tagen in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.` : ''}`
        case 'share':
          return `${brand} kommt in ${f.percent(finding.share.value)} der Beiträge über die ${f.whole(finding.of)} verglichenen Marken vor: Platz ${finding.rank} von ${finding.of}, ${
            finding.clear ? (finding.rank === 1 ? 'klar vor' : 'klar hinter') : 'statistisch nicht zu unterscheiden von'
          } ${finding.rival} (${f.percent(finding.rivalShare.value)}).`
        case 'peak': {
          const why = finding.term
            ? ` ${term(finding.term.label)} stand in ${f.percent(finding.term.posts / finding.term.total)} der Beiträge dieses Tages, sonst in ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
            : ' Kein einzelnes Wort erklärt das: Es ging um dasselbe wie sonst, nur öfter.'
          return `Am ${f.dayLong(finding.date)} kam das ${f.number(finding.posts / Math.max(1, finding.usual))}-Fache des Üblichen: ${posts(finding.posts)} statt ${f.whole(finding.usual)}.${why}`
        }
        case 'no-replies':
          return 'Die Datei enthält keine Antworten, deshalb lassen sich Antworten nicht messen: Wie viel unbeantwortet blieb und wie lange, zeigt erst ein Export mit Antwortbezügen oder ein verbundenes Konto.'
        case 'no-own-posts':
          return `Die Datei enthält ${n(finding.replies, 'Antwort', 'Antworten')}, aber keine von einem Konto von ${brand}: Entweder wurde nicht geantwortet, oder der Export lässt die Antworten weg. Messen lässt sich das so nicht.`
        case 'answered':
          return `${brand} hat ${f.percent(finding.share.value)} von ${n(finding.conversations, 'Gespräch', 'Gesprächen')} beantwortet; die Hälfte der ersten Antworten kam innerhalb von ${f.duration(finding.median)}, neun von zehn innerhalb von ${f.duration(finding.p90)}.${
            finding.selected
              ? ' Ein so hoher Anteil spricht dafür, dass die Beiträge um die Antworten herum gesammelt wurden; unbeantwortete können fehlen.'
              : ''
          }`
        case 'unanswered': {
          const young =
            finding.young > 0
              ? ` ${f.whole(finding.young)} davon begannen in den letzten 24 Stunden und können später beantwortet worden sein.`
              : ''
          return `${n(finding.conversations, 'Gespräch blieb', 'Gespräche blieben')} in diesen Beiträgen ohne Antwort; ${f.whole(finding.questions)} davon ${finding.questions === 1 ? 'begann' : 'begannen'} mit einer Frage.${young}`
        }
        case 'without-cover':
          return `Gegen ${f.list(finding.hours.map(hour))} schreiben Kundinnen und Kunden so viel wie sonst, aber es antwortet kaum jemand; ${f.percent(finding.share)} der Gespräche beginnen dann.`
        case 'matter': {
          const { term: first, second } = finding
          const share = (figure: typeof first) => f.percent(figure.posts / figure.total)
          const other = (figure: typeof first) => f.percent((figure.otherPosts ?? 0) / (figure.otherTotal ?? 1))
          const also = second ? `, außerdem um ${term(second.label)} (${share(second)} gegenüber ${other(second)})` : ''
          return `Öfter als anderswo geht es bei ${brand} um ${term(first.label)}: in ${share(first)} der Beiträge, in den übrigen in ${other(first)}${also}.`
        }
        case 'frequent':
          return `Am meisten geht es um ${f.list(finding.terms.map(({ label, posts: inPosts, total }) => `${term(label)} (${f.percent(inPosts / total)})`))}.`
        case 'rising':
          return `Seit ${f.dayLong(finding.since)} nimmt ${term(finding.term.label)} zu: ${f.percent(finding.term.posts / finding.term.total)} der Beiträge, davor ${f.percent((finding.term.otherPosts ?? 0) / (finding.term.otherTotal ?? 1))}.`
        case 'hours':
          return `${f.percent(finding.outside.value)} der Beiträge entstehen außerhalb von Montag bis Freitag, 9 bis 18 Uhr; die stärkste Stunde des Tages beginnt um ${hour(finding.hour)}.`
        case 'questions': {
          const day =
            finding.perDay !== null && finding.perDay >= 1
              ? `, an einem gewöhnlichen Tag etwa ${f.whole(finding.perDay)}`
              : ''
          return `${f.percent(finding.share)} der Beiträge enthalten eine Frage: insgesamt ${f.whole(finding.posts)}${day}.`
        }
        case 'competitor':
          return `Was ${finding.name} von den anderen abhebt, ist ${term(finding.term.label)}: in ${f.percent(finding.term.posts / finding.term.total)} der Beiträge darüber.`
        case 'language':
          return `${f.percent(finding.share.value)} der Beiträge sind auf ${f.language(finding.code)}: Jemand muss in dieser Sprache antworten können.`
        case 'wave':
          return `Derselbe Text erschien ${f.whole(finding.posts)}-mal von ${n(finding.authors, 'Konto', 'Konten')}: eine Welle, nicht ebenso viele einzelne Anliegen.`
        case 'voices':
          return `${f.percent(finding.onceShare)} der ${f.whole(finding.authors)} Autorinnen und Autoren schrieben nur einmal; auf die zehn aktivsten entfallen ${f.percent(finding.topTenShare)} aller Beiträge.`
      }
    },
    key: {
      posts: 'Beiträge, die die Marke nennen',
      authors: 'Autorinnen und Autoren',
      perDay: 'An einem gewöhnlichen Tag',
      share: 'Anteil am Gespräch',
      questions: 'Enthalten eine Frage',
      answered: 'Gespräche beantwortet',
      median: 'Erste Antwort (Median)',
      ofBrands: (count) => `unter ${count} Marken`,
      unknown: 'nicht bekannt',
      notMeasurable: 'nicht in dieser Datei',
    },
    table: 'Tabelle',
    csv: 'Als CSV herunterladen',
    samples: (count) => n(count, 'Beispiel', 'Beispiele'),
    drawn: 'Zufällig gezogen aus den Beiträgen hinter der Zahl.',
    original: 'Original',
    gone: 'Dieser Beitrag wurde gelöscht.',
    columns: {
      post: 'Beiträge',
      share: 'Anteil',
      interval: '95-%-Intervall',
      from: 'Ab',
      brand: 'Marke',
      authors: 'Autoren',
      addressed: 'An ihr Konto',
      together: 'Mit anderer Marke',
      weekday: 'Wochentag',
      place: 'Ort',
      language: 'Sprache',
      term: 'Wort oder Wendung',
      here: 'Hier',
      elsewhere: 'Anderswo',
      certainty: 'G²',
      author: 'Konto',
      mentions: 'Erwähnungen',
      replies: 'Antworten',
      followers: 'Follower',
      within: 'Erste Antwort',
      conversations: 'Gespräche',
      hour: 'Stunde',
      answered: 'Beantwortet',
      median: 'Wartezeit (Median)',
      ownPosts: 'Beiträge der Marke',
      text: 'Text',
      until: 'Bis',
      form: 'Schreibweise',
    },
    when: 'Wann',
    overTime: { day: 'Beiträge pro Tag', week: 'Beiträge pro Woche', month: 'Beiträge pro Monat' },
    overTimeHow: (count, from, to, zone) =>
      `Beiträge von Kundinnen und Kunden, die die Marke nennen (${f.whole(count)}), vom ${from} bis ${to}, nach Kalendertag in ${zone}. Schraffiert: Die Beiträge beginnen oder enden währenddessen.`,
    earlier: (count) =>
      `${posts(count)}, weit älter als die übrigen, ${count === 1 ? 'fehlt' : 'fehlen'} in der Abbildung.`,
    peaksNote:
      'Beschriftet: Tage, die mindestens um die Hälfte und um mehr als drei Abweichungen über dem Median der übrigen liegen.',
    peak: (day, count, usual) => `${day}: ${f.whole(count)} statt ${f.whole(usual)} Beiträge`,
    peakTerms: 'Mehr als an anderen Tagen:',
    noPeakTerms: 'Kein Wort ragt heraus: dieselben Anliegen wie sonst, nur mehr davon.',
    heat: 'Beiträge nach Wochentag und Stunde',
    heatHow: (count, zone) =>
      `Dieselben ${f.whole(count)} Beiträge nach Ortszeit in ${zone}. Wochentage, die im Zeitraum öfter vorkommen, haben mehr Gelegenheit, Beiträge zu sammeln.`,
    patchyNote:
      'Die Beiträge wurden womöglich nicht durchgehend gesammelt: Die Abbildung beschreibt dann die Quelle, nicht die Kundschaft.',
    who: 'Über wen gesprochen wird',
    share: 'Anteil am Gespräch (Share of Voice)',
    shareHow: (count) =>
      `Beiträge von Kundinnen und Kunden, die eine Marke nennen, als Anteil der ${f.whole(count)}, die mindestens eine nennen; ein Beitrag kann mehrere nennen, daher ergeben die Anteile mehr als 100 %. Linie: 95-%-Intervall nach Wilson. Beiträge der eigenen Konten der Marken zählen nicht.`,
    shareAlone: (share, count) =>
      `${share} der ${f.whole(count)} Beiträge von Kundinnen und Kunden nennen die Marke. Geben Sie Wettbewerber an, um ihren Anteil am Gespräch zu sehen.`,
    recognised: 'Woran die Marken erkannt wurden',
    recognisedHow:
      'An diesen Abfragen in der Hörsprache. Schreibweisen: in wie vielen Beiträgen sie stehen; prüfen Sie, ob ein Name auch anderes bedeutet.',
    ownAccounts: 'Eigene Konten unter den Autoren',
    none: 'keine',
    where: 'Wo und in welchen Sprachen',
    places: 'Netzwerke und Websites',
    placesHow: (count) => `${posts(count)} nach Netzwerk oder, im offenen Web, nach Website.`,
    onePlace: (place) => `Alle Beiträge stammen von ${place}.`,
    languages: 'Sprachen',
    languagesHow: (count) =>
      `${posts(count)} nach Sprache, wie vom Netzwerk angegeben oder am Text erkannt; kurze Texte bleiben lieber unbestimmt, als dass geraten wird.`,
    unknownLanguage: 'nicht erkannt',
    otherLanguages: 'weitere',
    about: 'Worüber',
    frequent: 'Am häufigsten angesprochen',
    frequentHow: (count) =>
      `Anteil von ${f.whole(count)} Beiträgen, in denen ein Wort oder eine Wendung in irgendeiner Form steht. Wiederholte Texte zählen einmal; Handles, Adressen, Füllwörter und die Markennamen bleiben weg.`,
    telling: (brand) => `Bei ${brand} öfter Thema als anderswo`,
    tellingHow: (count, other) =>
      `${f.whole(count)} Beiträge über die Marke gegenüber ${f.whole(other)}, die sie nicht nennen. Gezeigt wird, was mindestens 1,3-mal so häufig ist, sich im 95-%-Intervall nicht überschneidet und ein G² (Log-Likelihood nach Dunning) über 15,1 hat.`,
    noTelling: 'Kein Wort ist hier mit Sicherheit öfter Thema als anderswo.',
    noBackground: 'Fast alle Beiträge nennen die Marke, es fehlt also der Vergleich.',
    here: (brand) => `Beiträge über ${brand}`,
    elsewhere: 'übrige Beiträge',
    ownWords: 'Wörter, die sonst kaum jemand benutzt',
    ownWordsHow: 'Mindestens fünfmal so häufig wie anderswo: Produkte, Orte, Programme und Kampagnen der Marke.',
    rising: (since) => `Zunehmend seit ${since}`,
    risingHow: 'Beiträge über die Marke im letzten Drittel des Zeitraums gegenüber denen davor; nach derselben Regel.',
    noRising: 'Nichts hat mehr als zufällig zugenommen.',
    before: 'davor',
    since: 'seitdem',
    competitors: 'Was Wettbewerber abhebt',
    competitorsHow:
      'Jeweils die Wörter ihrer Beiträge gegenüber allen, die sie nicht nennen; nach derselben Regel und öfter als bei der Marke selbst.',
    whoSpeaks: 'Wer spricht',
    voicesSaid: (authors, once, topTen, total) =>
      `${n(authors, 'Konto', 'Konten')}; ${f.percent(once / authors)} schrieben einmal. Auf die zehn aktivsten entfallen ${f.percent(topTen / total)} der ${f.whole(total)} Beiträge.`,
    active: 'Die aktivsten Stimmen',
    activeHow: 'Konten nach Zahl der Beiträge, die die Marke nennen; eigene Konten der Marken bleiben weg.',
    heard: 'Die meistgehörten Stimmen',
    heardHow:
      'Konten, die andere in Beiträgen über die Marke erwähnen oder deren Beiträge darüber in dieser Datei Antworten erhielten; mindestens dreimal.',
    followersUnknown: 'Die Datei sagt nicht, wie viele Follower die Konten haben.',
    nobodyHeard: 'Kein Konto wurde dreimal erwähnt oder beantwortet.',
    authorsUnknown: 'Die Datei sagt nicht, wer die Beiträge geschrieben hat.',
    answers: 'Was unbeantwortet blieb',
    answersHow: (conversations, brand) =>
      `Ein Gespräch ist, was ein Mensch in einem Thread sagt, ab seinem ersten Beitrag dort, der ${brand} nennt; beantwortet ist es mit der ersten späteren Antwort eines eigenen Kontos der Marke an ihn in diesem Thread. ${n(conversations, 'Gespräch', 'Gespräche')}; Intervall nach Wilson; Median und neuntes Dezil nach nächstem Rang.`,
    answersSaid: (answered, conversations, low, high) =>
      `${f.whole(answered)} von ${f.whole(conversations)} Gesprächen wurden beantwortet (95-%-Intervall: ${low} bis ${high}).`,
    elsewhereAnswers: (count) =>
      `${n(count, 'weitere Antwort', 'weitere Antworten')} der Marke ${count === 1 ? 'ging' : 'gingen'} an Menschen, deren Beiträge sie nicht nennen; sie sind hier nicht gezählt.`,
    orphans: (count) =>
      `${n(count, 'Antwort bezieht', 'Antworten beziehen')} sich auf Beiträge, die in der Datei fehlen; sie lassen sich nicht zuordnen.`,
    selected:
      'Fast jedes Gespräch ist beantwortet. Das ist typisch für Dateien, die um die Antworten einer Marke herum gesammelt wurden; nehmen Sie den Anteil als Obergrenze.',
    times: 'Zeit bis zur ersten Antwort',
    classes: (ends) => [
      ...ends.map((end) => `innerhalb von ${f.duration(end)}`),
      `später als ${f.duration(ends.at(-1) ?? 0)}`,
      'keine Antwort',
    ],
    byHour: 'Begonnene Gespräche und Beiträge der Marke nach Stunde',
    byHourHow: (zone) => `Nach Ortszeit in ${zone}. Breit: begonnene Gespräche; schmal: Beiträge der eigenen Konten.`,
    opened: 'begonnene Gespräche',
    own: 'Beiträge der Marke',
    withoutCover: (hours) =>
      `Stunden ohne Besetzung (Gespräche mindestens im Stundenmittel, eigene Beiträge unter einem Viertel des ihren): ${f.list(hours.map(hour))}.`,
    unanswered: 'Unbeantwortet',
    unansweredQuestions: (count) =>
      `${n(count, 'unbeantwortetes Gespräch beginnt', 'unbeantwortete Gespräche beginnen')} mit einer Frage.`,
    slowest: 'Am längsten auf Antwort gewartet',
    slowestChosen: 'Von allen beantworteten haben diese am längsten gewartet.',
    waited: (minutes) => `beantwortet nach ${f.duration(minutes)}`,
    unansweredDrawn: 'Zufällig gezogen: einige, die mit einer Frage beginnen, und einige andere.',
    questions: 'Fragen',
    questionsHow: (count, total) =>
      `${f.whole(count)} von ${f.whole(total)} Beiträgen enthalten ein Fragezeichen außerhalb von Webadressen. Beschwerden und Bitten ohne Fragezeichen sind nicht darunter: Ob sich jemand beschwert, wird hier nicht beurteilt.`,
    waves: 'Wiederholte Texte',
    wavesHow:
      'Dieselben fünf oder mehr Wörter (ohne Handles und Adressen) von mindestens drei Konten, fünfmal oder öfter.',
    noWaves: 'Kein Text erschien fünfmal von drei oder mehr Konten.',
    method: 'Was gezählt und was weggelassen wurde',
    rowsSaid: (read, kept, duplicates) =>
      `${n(read, 'Zeile', 'Zeilen')} gelesen; ${posts(kept)} behalten; ${n(duplicates, 'Wiederholung', 'Wiederholungen')} mit gleicher Kennung weggelassen.`,
    rejected: (count, line) =>
      `${n(count, 'Zeile', 'Zeilen')} abgelehnt${line === null ? '' : `, zuerst Zeile ${line}`}.`,
    tooLow: (most) =>
      `Die Beiträge enthalten mehr verschiedene Wörter und Wendungen, als zugleich gezählt werden: Die Zahl zu einem Wort kann um höchstens ${n(most, 'Beitrag', 'Beiträge')} zu niedrig sein.`,
    mapping: 'Spalten wurden gelesen als',
    method2:
      'Wie die Menschen dazu empfinden, ist nicht Teil dieses Berichts. Formeln und Quellen: docs/audit.md von Rapport.',
    privacy: (anonymous) =>
      anonymous
        ? 'Datenschutz: Namen und Links fehlen, doch zitierte Beiträge lassen sich über ihren Wortlaut finden. Behandeln Sie den Bericht als personenbezogen, und löschen Sie ihn, wenn er seinen Zweck erfüllt hat.'
        : 'Datenschutz: Dieser Bericht zitiert Beiträge und nennt Konten, wie sie in der Quelle stehen. Er ist für den internen Gebrauch bestimmt, um über ein Programm zu entscheiden; veröffentlichen Sie ihn nicht, und löschen Sie ihn nach der Entscheidung. Die Option „anonym“ lässt Namen und Links weg.',
    printNote: 'Gedruckt wird, was hier aufgeklappt ist.',
  }
}
