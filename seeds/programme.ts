/**
 * What the desks of the agency agreed on: the guideline that everybody knows, what Kobaltfon's programme is for, who needs
 * what of it, and the scenario that was walked through. Colleagues stand here by their key.
 */
export interface GoalSeed {
  name: string
  reason: string
  measure: {
    figure: 'answered-share' | 'open-conversations' | 'mentions'
    direction: 'at-least' | 'at-most'
    target: number
  }
  dueOn: string | null
}

export interface StakeholderSeed {
  /** A colleague, or the name of somebody outside. */
  member?: string
  name?: string
  part: string
  needs: string
  decidesOn: string
  speaksAbout: string
}

export interface ProgrammeSeed {
  workspace: string
  lead: string
  /** What the guideline's template leaves open, per language: what stands in brackets there, and what it is here. */
  blanks: Partial<Record<'de' | 'en' | 'nl', Record<string, string>>>
  acknowledgedBy: string[]
  trainedBy: string[]
  goals: GoalSeed[]
  stakeholders: StakeholderSeed[]
  walk: { template: 'outage'; gaps: Record<string, string>; summary: string; openPoints: string[] } | null
}

const BLANKS: ProgrammeSeed['blanks'] = {
  de: {
    'an wen, wo': 'an das Team der Marke, im Posteingang',
    'die Pressestelle': 'die Pressestelle der Marke',
    'der Seite': 'der Seite',
    'der Leitung': 'Ruben Hoekstra',
    'die Leitung': 'Ruben Hoekstra',
  },
  en: {
    'whom, where': 'the brand’s team, in the inbox',
    'press office': 'the brand’s press office',
    page: 'page',
    lead: 'lead, Ruben Hoekstra',
  },
  nl: {
    'aan wie, waar': 'aan het team van het merk, in de inbox',
    'de persvoorlichting': 'de persvoorlichting van het merk',
    'de pagina': 'de pagina',
    'de leiding': 'Ruben Hoekstra',
  },
}

export const programmeSeeds: ProgrammeSeed[] = [
  {
    workspace: 'kobaltfon',
    lead: 'ruben',
    blanks: BLANKS,
    acknowledgedBy: ['meike', 'ruben', 'sahra', 'milan'],
    trainedBy: ['meike', 'ruben', 'sahra'],
    goals: [
      {
        name: 'Wer Kobaltfon öffentlich anspricht, bekommt eine Antwort',
        reason: 'Schweigen war 2025 der häufigste Grund in den Kündigungen, die jemand begründet hat.',
        measure: { figure: 'answered-share', direction: 'at-least', target: 0.95 },
        dueOn: '2027-06-30',
      },
      {
        name: 'Abends liegt nichts mehr offen',
        reason: 'Die Frühschicht beginnt mit dem neuen Tag und nicht mit dem alten.',
        measure: { figure: 'open-conversations', direction: 'at-most', target: 20 },
        dueOn: null,
      },
    ],
    stakeholders: [
      {
        member: 'ruben',
        part: 'Leitet das Team, das antwortet',
        needs: 'Jeden Morgen, was offen ist und was seit gestern zu spät kam',
        decidesOn: 'Kulanz bis 50 €, Krisen bis zur nächsten Stunde',
        speaksAbout: 'Alles, was schon öffentlich ist',
      },
      {
        member: 'sahra',
        part: 'Antwortet in der Frühschicht',
        needs: 'Was die Technik weiß, bevor es die Kundschaft weiß',
        decidesOn: 'Wann es privat weitergeht',
        speaksAbout: 'Störungen, Rechnungen, Verträge',
      },
      {
        name: 'Technik von Kobaltfon, Störungsstelle',
        part: 'Weiß, was ausgefallen ist',
        needs: 'Orte und Uhrzeiten aus den Beiträgen, sobald es drei sind',
        decidesOn: 'Was als Ursache gesagt werden darf',
        speaksAbout: '',
      },
      {
        name: 'Pressestelle von Kobaltfon',
        part: 'Spricht mit Zeitungen',
        needs: 'Anfragen von Zeitungen binnen einer Stunde',
        decidesOn: 'Aussagen in einer Krise',
        speaksAbout: 'Unternehmen, Zahlen, Krisen',
      },
    ],
    walk: {
      template: 'outage',
      gaps: {
        confirm: 'Nachts ist bei der Störungsstelle niemand, der Worte freigeben darf.',
        same: 'Auf Englisch gab es keine Fassung.',
      },
      summary: 'Gehört haben wir es schnell; gesagt haben wir es zu spät.',
      openPoints: [
        'Bereitschaft der Störungsstelle für Freigaben klären',
        'Aussage zur Störung auf Englisch vorbereiten',
      ],
    },
  },
  {
    workspace: 'steenvlerk',
    lead: 'ruben',
    blanks: BLANKS,
    acknowledgedBy: ['meike', 'ruben', 'fenna', 'sahra', 'milan'],
    trainedBy: ['meike', 'ruben', 'fenna'],
    goals: [
      {
        name: 'Wie iets kapot heeft, hoort binnen een dag van ons',
        reason: 'Reparatie is waar Steenvlerk bekend om staat.',
        measure: { figure: 'answered-share', direction: 'at-least', target: 0.9 },
        dueOn: '2027-03-31',
      },
    ],
    stakeholders: [
      {
        member: 'fenna',
        part: 'Antwoordt voor de outdoormerken',
        needs: 'Foto’s van schade, zodra ze er zijn',
        decidesOn: 'Reparatie of vervanging tot € 80',
        speaksAbout: 'Reparatie, maat, levering',
      },
      {
        name: 'Werkplaats van Steenvlerk',
        part: 'Repareert',
        needs: 'Welk materiaal vaker dan normaal breekt, elke maandag',
        decidesOn: 'Wat nog te repareren is',
        speaksAbout: '',
      },
    ],
    walk: null,
  },
]
