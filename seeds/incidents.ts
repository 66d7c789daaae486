import type { NextEvent, StoryEvent } from './story.ts'

/** Bad days that can be started by hand. Each tells itself within a few minutes and leaves questions open. */
export interface Incident {
  key: 'outage' | 'broken-product' | 'bank-details' | 'rumour'
  /** Workspace that it concerns. */
  workspace: string
  title: string
  /** What the person who starts it will see. */
  about: string
  events: NextEvent[]
}

const post = (
  afterSeconds: number,
  by: string,
  text: string,
  more: Partial<Extract<StoryEvent, { kind: 'post' }>> = {},
): NextEvent => ({ afterSeconds, event: { kind: 'post', by, text, ...more } })

export const incidents: Incident[] = [
  {
    key: 'outage',
    workspace: 'kobaltfon',
    title: 'Outage in the north',
    about: 'Kobaltfon fails between Bremen and Hannover: first one voice, then many, a nurse, a journalist, a joke.',
    events: [
      post(0, 'gregor', 'Kobaltfon in Hannover-Linden gerade komplett weg? Festnetz und Handy.', { key: 'outage-1' }),
      post(8, 'arne', 'Im Zug bei Verden: von vier Balken auf null. Kobaltfon?'),
      post(6, 'saskia', 'internet weg, handy weg, kinder da. @kobaltfon.test was ist los', { key: 'outage-2' }),
      post(5, 'bela', 'stream tot mitten im finale. KOBALTFON. ich werd nicht mehr'),
      post(
        7,
        'priya',
        'No Kobaltfon service in Bremen Neustadt since about ten minutes, landline included. @kobaltfon.test any news?',
        { key: 'outage-3' },
      ),
      post(4, 'tariq', 'Göttingen auch. Und diesmal ist es NICHT der Staubsauger.'),
      post(
        9,
        'yvonne',
        '@kobaltfon.test Bei uns auf Station geht die Rufbereitschaft über Ihr Netz. Wir erreichen den Dienstarzt nicht. Bitte sagen Sie sofort, wie lange das dauert!',
        { key: 'outage-4' },
      ),
      post(6, 'cem', 'leipzig läuft. norddeutschland, ihr schafft das'),
      post(
        8,
        'lale',
        '@kobaltfon.test Wie viele Anschlüsse sind betroffen, ist der Notruf erreichbar, und seit wann wissen Sie davon?',
        { key: 'outage-5' },
      ),
      post(
        5,
        'gregor',
        'Nachtrag: 112 ging gerade auch nicht von meinem Handy aus. Bitte weitersagen: anderes Netz benutzen.',
        { answers: 'outage-1' },
      ),
      post(7, 'durchblicker', 'Kobaltfon fährt jetzt alles runter, damit ihr den neuen Tarif nehmt. Ist doch klar.'),
      post(
        10,
        'margarete',
        'Praxis ohne Netz, Wartezimmer voll, E-Rezept unmöglich. Wir schreiben wieder auf Papier. @kobaltfon.test, wann?',
        { key: 'outage-6' },
      ),
      post(
        8,
        'hildegard',
        'Mein Telefon gibt keinen Ton von sich. Ich schreibe dies über das WLAN der Nachbarin, die hat eine andere Firma.',
      ),
      post(
        6,
        'nils',
        'Für die Technischen: Routen zu Kobaltfon sind seit 20 Minuten weg. Sieht nach einem Fehler im Kern aus, nicht nach Bagger.',
      ),
      post(12, 'steffi', 'Kobold der Igel lässt ausrichten, dass ER es diesmal nicht war.'),
      post(
        20,
        'impostor',
        'STÖRUNG bei Kobaltfon! Holen Sie sich 50 € Entschädigung: schreiben Sie uns Ihre Bankdaten per Direktnachricht!',
      ),
      post(15, 'saskia', 'geht wieder?? bei euch auch? @kobaltfon.test', { answers: 'outage-2' }),
      {
        afterSeconds: 2,
        event: {
          kind: 'article',
          site: 'tagesblick-nord',
          id: 'kobaltfon-ausfall',
          author: 'Lale Aksoy',
          title: 'Netzausfall bei Kobaltfon zwischen Weser und Leine',
          html: '<p>Bremen/Hannover. Bei <b>Kobaltfon</b> sind am Nachmittag Festnetz und Mobilfunk ausgefallen. Betroffen waren auch Arztpraxen. Zur Ursache äußerte sich das Unternehmen zunächst nicht.</p>',
          language: 'de',
        },
      },
    ],
  },
  {
    key: 'broken-product',
    workspace: 'steenvlerk',
    title: 'A backpack tears on the mountain',
    about: 'A shoulder strap tears out of a Steenvlerk Drift 38, with a photo, and others look at theirs.',
    events: [
      post(
        0,
        'sanne',
        'Dit gebeurde vanochtend, halverwege de afdaling: schouderband van mijn Steenvlerk Drift 38 er compleet uit. Vier maanden oud. @steenvlerk.test, dit is gevaarlijk.',
        {
          key: 'torn-1',
          picture: 'torn-backpack',
          alt: 'Rugzak op een rots, de linker schouderband is uit de naad gescheurd.',
        },
      ),
      post(15, 'lotte', 'Jeetje Sanne, ben je oké?', { answers: 'torn-1', key: 'torn-2' }),
      post(12, 'sanne', 'Ja, alleen geschrokken. Met een riem en twee karabiners naar beneden.', { answers: 'torn-2' }),
      post(
        20,
        'ulf',
        'Habe gerade bei meinem Drift 38 nachgesehen: an derselben Stelle sind drei Stiche auf. @steenvlerk.test, Baujahr 2026, Nummer beginnt mit 26-04. Rückruf?',
        { key: 'torn-3' },
      ),
      post(
        14,
        'nadine',
        'Wer einen Steenvlerk Drift 38 mit Nummer 26-04 hat: bitte den linken Schulterträger ansehen und mir schreiben. Ich sammle.',
        { key: 'torn-4' },
      ),
      post(9, 'becker-freiburg', 'Zwei von unseren sechs haben dieselbe Nummer. Die bleiben heute im Keller.', {
        answers: 'torn-4',
      }),
      post(
        16,
        'dev',
        '@steenvlerk.test is the Drift 28 affected as well? Racing Saturday and I would rather know now.',
        { key: 'torn-5' },
      ),
      post(11, 'dirk', 'Vroeger naaiden ze dat driedubbel. Met de hand. Bij kaarslicht.'),
      post(
        18,
        'harriet',
        'Writing about the Steenvlerk strap failures for tomorrow. @steenvlerk.test, on the record: batch, number of units, what should owners do tonight?',
        { key: 'torn-6' },
      ),
      post(25, 'durchblicker', 'Steenvlerk = made in Hauptsache billig. Hab ich immer gesagt.'),
      {
        afterSeconds: 3,
        event: {
          kind: 'article',
          site: 'paklicht',
          id: 'drift-38-schouderband',
          author: 'Mirthe',
          title: 'Controleer je Drift 38',
          html: '<p>Meerdere lezers melden een losgeraakte schouderband bij de <b>Steenvlerk Drift 38</b>, productienummer 26-04. Kijk bij de aanhechting links. Reactie van Steenvlerk volgt.</p>',
          language: 'nl',
        },
      },
    ],
  },
  {
    key: 'bank-details',
    workspace: 'kobaltfon',
    title: 'A customer posts bank details',
    about: 'In good faith, in public, and then a stranger answers first.',
    events: [
      post(
        0,
        'hildegard',
        'An @kobaltfon.test: Die Erstattung bitte auf mein Konto, IBAN DE00 1234 5678 9012 3456 78, Hildegard Brandt, geboren 4.2.1947, Kundennummer 70 31 188. Mit freundlichen Grüßen',
        { key: 'bank-1' },
      ),
      post(
        20,
        'impostor',
        '@hildegard-brandt.test Guten Tag Frau Brandt, wir erstatten sofort. Schicken Sie uns dazu bitte noch die TAN aus Ihrer Bank-App.',
        { answers: 'bank-1', key: 'bank-2' },
      ),
      post(
        12,
        'becker-kiel',
        '@hildegard-brandt.test Bitte schnell löschen, das kann jeder lesen! Drei Punkte rechts oben, „Beitrag löschen“. Und dem anderen Konto NICHT antworten.',
        { answers: 'bank-1', key: 'bank-3' },
      ),
      post(25, 'hildegard', 'Ach du liebe Zeit. Wo sind denn die drei Punkte?', { answers: 'bank-3' }),
      { afterSeconds: 150, event: { kind: 'post-deleted', key: 'bank-1' } },
      { afterSeconds: 20, event: { kind: 'account', by: 'impostor', status: 'takendown' } },
    ],
  },
  {
    key: 'rumour',
    workspace: 'steenvlerk',
    title: 'A wrong rumour',
    about:
      'Somebody has heard that Steenvlerk shuts its workshop and stops all repairs. It is not true, and it travels.',
    events: [
      post(
        0,
        'wout',
        'Van een vriend in Groningen gehoord: Steenvlerk sluit 1 januari de werkplaats, geen reparaties meer. Iemand die dat kan bevestigen?',
        { key: 'rumour-1' },
      ),
      post(14, 'kees', 'Als dat waar is ben ik klaar met ze. Reparatie was de enige reden.', {
        answers: 'rumour-1',
        key: 'rumour-2',
      }),
      post(10, 'marloes', 'Steenvlerk stopt met repareren?! "Reparatie boven nieuw" staat nota bene in hun bio.', {
        key: 'rumour-3',
      }),
      post(
        13,
        'frieda',
        'Lese gerade, Steenvlerk macht die Werkstatt zu und repariert nichts mehr. Stimmt das, @steenvlerk.test?',
        { key: 'rumour-4' },
      ),
      post(9, 'benno', 'Habe am Montag ein Zelt hingeschickt. Sehe ich das wieder?', { answers: 'rumour-4' }),
      post(
        12,
        'durchblicker',
        'Steenvlerk pleite, Werkstatt dicht, Garantie weg. Morgen in keiner Zeitung, ihr wisst warum.',
        { key: 'rumour-5' },
      ),
      post(
        8,
        'gus',
        'Hearing Steenvlerk is closing the repair shop in January. That would be the saddest news of the trip. @steenvlerk.test say it is not so?',
        { key: 'rumour-6' },
      ),
      post(16, 'lotte', 'Ik bel morgen Anneke van naaitafel 3. Tot dan geloof ik niks.', { answers: 'rumour-3' }),
      post(
        11,
        'magnus',
        'Im Tal erzählt man schon, Steenvlerk sei an einen Finanzinvestor verkauft. Vorgestern hieß es noch, an Felsdohle.',
      ),
      post(
        18,
        'harriet',
        'Before this Steenvlerk thing runs any further: has ANYONE seen a source? A document, a name, anything?',
        { key: 'rumour-7' },
      ),
      post(20, 'wout', 'Oké, mijn vriend had het van zijn kapper. Ik haal mijn bericht zo weg, sorry.', {
        answers: 'rumour-1',
      }),
      { afterSeconds: 60, event: { kind: 'post-deleted', key: 'rumour-1' } },
    ],
  },
]
