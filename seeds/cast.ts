import type { Language } from './story.ts'

/** The public: who speaks on the simulated network. Nobody here exists, and every handle ends in .test. */
export interface PublicAccount {
  key: string
  handle: string
  name: string
  language: Language
  followers: number
  bio: string
  /** Only brand accounts: what their agency signs in with on the twin. */
  appPassword?: string
}

type Line = [key: string, handle: string, name: string, language: Language, followers: number, bio: string]

const lines: Line[] = [
  // The named ones: who they are beyond the network stands in people.ts.
  [
    'jutta',
    'jutta-wieland.test',
    'Jutta Wieland',
    'de',
    214,
    'Bibliothekarin, Chor, zu viele Zimmerpflanzen. Berlin-Pankow.',
  ],
  ['becker-kiel', 'tombecker.test', 'Thomas Becker', 'de', 388, 'Kiel. Segeln, Löten, Fischbrötchen.'],
  [
    'becker-freiburg',
    'thomas-becker-fr.test',
    'Thomas Becker',
    'de',
    1260,
    'Lehrer (Geo/Sport), Freiburg. Draußen, wenn die Korrekturen es zulassen.',
  ],
  [
    'durchblicker',
    'der-durchblicker.test',
    'Durchblicker',
    'de',
    91,
    'Ich sag nur, was alle denken. Blocken = Feigheit.',
  ],
  [
    'impostor',
    'kobaltfon-hilfe.test',
    'Kobaltfon Hilfe ✅',
    'de',
    12,
    'Kundendienst. Schreiben Sie uns per Direktnachricht!',
  ],
  ['aino', 'ainolehtovaara.test', 'Aino Lehtovaara', 'fi', 640, 'Vaeltaja, valokuvaaja, kahvinjuoja. Oulu.'],
  // Customers and bystanders, German.
  ['gregor', 'gregor-m.test', 'Gregor Matthes', 'de', 173, 'Hannover. Schichtdienst, Brettspiele, 96 trotz allem.'],
  [
    'lale',
    'lale-schreibt.test',
    'Lale Aksoy',
    'de',
    2950,
    'Freie Journalistin, Bremen. Verkehr, Verbraucher, Verwaltung.',
  ],
  ['piet', 'piet-onnen.test', 'Piet Onnen', 'de', 67, 'Ostfriesland. Tee.'],
  ['saskia', 'saskiaohnenetz.test', 'Saskia R.', 'de', 118, 'zwei Kinder, ein Hund, null Empfang'],
  [
    'hildegard',
    'hildegard-brandt.test',
    'Hildegard Brandt',
    'de',
    41,
    'Rentnerin, neu hier. Mein Enkel hat mir das eingerichtet.',
  ],
  ['nils', 'nilsbaut.test', 'Nils Ehrlich', 'de', 802, 'Softwareentwickler, Homelab, Meinung zu Routern vorhanden.'],
  ['cem', 'cem-k.test', 'Cem Karaca-Lange', 'de', 233, 'Gastro in Leipzig. Antworte nach der Küche.'],
  ['margarete', 'dr-margarete-v.test', 'Margarete Vossen', 'de', 530, 'Hausärztin auf dem Land. Hier privat.'],
  ['bela', 'bela-zockt.test', 'Béla', 'de', 1490, 'streamt dienstags & freitags, wenn das Internet will'],
  ['steffi', 'steffi-im-garten.test', 'Steffi Lohmann', 'de', 305, 'Kleingarten, Kürbisse, Katzen'],
  ['arne', 'arne-pendelt.test', 'Arne Dierks', 'de', 144, 'Pendler Bremen–Hannover, 6:18 ab Gleis 9'],
  ['yvonne', 'yvonne-hartwig.test', 'Yvonne Hartwig', 'de', 76, 'Pflege, Nachtschicht, Kaffee schwarz'],
  ['tariq', 'tariq-h.test', 'Tariq Haddad', 'de', 412, 'Student, Bioinformatik, Göttingen'],
  ['ulf', 'ulf-wandert.test', 'Ulf Petersen', 'de', 977, '3.412 km in diesem Jahr, davon die meisten mit nassen Füßen'],
  ['karo', 'karo-klettert.test', 'Karolin Weiß', 'de', 1880, 'Trainerin C Sportklettern, Allgäu'],
  ['benno', 'benno-biwak.test', 'Benno Sauter', 'de', 720, 'Ultraleicht, außer beim Käse.'],
  ['frieda', 'frieda-mit-rad.test', 'Frieda Kalinowski', 'de', 515, 'Radreise, Flicken, Kocher. Gerade: Elbe.'],
  ['magnus', 'magnus-huette.test', 'Magnus Edlinger', 'de', 260, 'Hüttenwirt a. D., jetzt nur noch Gast'],
  ['ronja', 'ronja-b.test', 'Ronja Böttcher', 'de', 187, 'Pfadfinderin, Stamm Wolkenstein'],
  ['dietmar', 'dietmar-s.test', 'Dietmar Schlüter', 'de', 33, 'Kunde ist König. War mal.'],
  ['nadine', 'nadine-testet.test', 'Nadine Fröhlich', 'de', 4100, 'Ausrüstung selbst gekauft, selbst kaputtgemacht.'],
  // Dutch.
  ['sanne', 'sannewandelt.test', 'Sanne Verhoef', 'nl', 860, 'Pieterpad klaar, nu de rest. Arnhem.'],
  ['joost', 'joostvdberg.test', 'Joost van den Berg', 'nl', 295, 'Leraar, trailrunner, vader van drie. Zwolle.'],
  ['marloes', 'marloes-buiten.test', 'Marloes Kuipers', 'nl', 1320, 'Bushcraft & bosbaden, geen van beide serieus'],
  ['dirk', 'dirk-hofman.test', 'Dirk Hofman', 'nl', 54, 'Gepensioneerd. Fietst. Moppert.'],
  ['lotte', 'lotte-kampeert.test', 'Lotte Brouwer', 'nl', 410, 'Tent > hotel. Utrecht / overal.'],
  ['bram', 'bram-op-pad.test', 'Bram Eijsink', 'nl', 233, 'Twente. Hond Moos loopt voorop.'],
  ['esmee', 'esmee-vd-heide.test', 'Esmée van der Heide', 'nl', 1510, 'Boswachter in opleiding. Meningen van mezelf.'],
  ['wout', 'wout-klimt.test', 'Wout Claessens', 'nl', 690, 'Antwerpen. Boulderhal, Ardennen, frieten.'],
  ['ilse', 'ilse-postma.test', 'Ilse Postma', 'nl', 122, 'Juf groep 6, Leeuwarden, elfstedenkruisje (wandelen!)'],
  ['kees', 'kees-de-klusser.test', 'Kees Zijlstra', 'nl', 98, 'Als het niet stuk is, heb ik het nog niet gerepareerd'],
  // English.
  [
    'maeve',
    'maeve-oconnell.test',
    "Maeve O'Connell",
    'en',
    2210,
    'Long walks, short fiction. Galway, currently somewhere muddy.',
  ],
  ['dev', 'devpatel-runs.test', 'Dev Raman', 'en', 640, 'Fell running, bad knees, good maps.'],
  ['harriet', 'harriet-quill.test', 'Harriet Quill', 'en', 5300, 'Gear editor turned freelancer. I weigh things.'],
  [
    'owen',
    'owen-in-berlin.test',
    'Owen Pritchard',
    'en',
    350,
    'Welsh in Berlin. Still translating letters from my provider.',
  ],
  ['priya', 'priya-n.test', 'Priya Nair', 'en', 780, 'Postdoc, Bremen. Mostly penguins.'],
  ['gus', 'gus-tandem.test', 'Gus & Ida', 'en', 1990, 'Two people, one tandem, eleven countries so far'],
]

export const publicCast: PublicAccount[] = lines.map(([key, handle, name, language, followers, bio]) => ({
  key,
  handle,
  name,
  language,
  followers,
  bio,
}))

/** The brands' own accounts. Their passwords open nothing but the twin. */
export const brandAccounts: PublicAccount[] = [
  {
    key: 'kobaltfon',
    handle: 'kobaltfon.test',
    name: 'Kobaltfon',
    language: 'de',
    followers: 18_400,
    bio: 'Internet und Mobilfunk aus Hannover. Wir antworten Mo–Sa, 8–20 Uhr. Bitte keine Kundendaten öffentlich posten.',
    appPassword: 'twin-kobaltfon-2222',
  },
  {
    key: 'steenvlerk',
    handle: 'steenvlerk.test',
    name: 'Steenvlerk',
    language: 'nl',
    followers: 31_200,
    bio: 'Tenten, tassen en jassen uit Groningen. Reparatie boven nieuw. We antworten auch auf Deutsch.',
    appPassword: 'twin-steenvlerk-3333',
  },
  {
    key: 'felsdohle',
    handle: 'felsdohle.test',
    name: 'Felsdohle',
    language: 'de',
    followers: 22_900,
    bio: 'Bergausrüstung aus Kempten. Für oben gemacht.',
    appPassword: 'twin-felsdohle-4444',
  },
]
