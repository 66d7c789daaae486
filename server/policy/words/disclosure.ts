import type { Language, Wordings } from '../phrases.ts'

/**
 * What courts and authorities take for a mark of advertising. Germany: Anzeige or Werbung, not "#ad" or "sponsored by" (OLG
 * Celle 2017, KG 2017); Netherlands: the advertising code for social media; United Kingdom: ASA and CAP.
 */
export const MARKS: Readonly<Record<Language, readonly string[]>> = {
  de: ['Anzeige', 'Werbung', 'Werbepost', 'Dauerwerbesendung'],
  nl: ['advertentie', 'reclame', '#ad', '#adv', '#spon', 'gesponsord', 'betaalde samenwerking', 'betaald partnerschap'],
  en: ['#ad', 'advert', 'advertisement', 'advertising', 'sponsored', 'paid partnership', 'paid ad', 'Ad'],
}

export const BOT_WORDS: Readonly<Record<Language, readonly string[]>> = {
  de: [
    'Bot',
    'Chatbot',
    'automatisch',
    'automatische',
    'automatisierte',
    'automatisiert',
    'KI',
    'virtueller Assistent',
    'digitaler Assistent',
    'virtuelle Assistentin',
    'digitale Assistentin',
    'Künstliche Intelligenz',
  ],
  nl: [
    'bot',
    'chatbot',
    'automatisch',
    'automatische',
    'geautomatiseerd',
    'geautomatiseerde',
    'AI',
    'digitale assistent',
    'virtuele assistent',
    'kunstmatige intelligentie',
  ],
  en: [
    'bot',
    'chatbot',
    'automated',
    'automatic',
    'automatically',
    'AI',
    'virtual assistant',
    'digital assistant',
    'artificial intelligence',
  ],
}

/** Notation: ../phrases.ts. Something was given for the text, it seems. */
export const CUES: Wordings = {
  de: `
in|eine kooperation|zusammenarbeit mit
kooperation|kooperationspartner mit
zur verfügung gestellt
gesponsert|gesponsort von
gesponsert|gesponsort|sponsored
pr sample
bezahlte|bezahlter partnerschaft|beitrag
mit freundlicher unterstützung
affiliate*
provisionslink
`,
  nl: `
in samenwerking met
ter beschikking gesteld
gekregen van
mede mogelijk gemaakt
affiliate*
`,
  en: `
in partnership|collaboration with
gifted by|from
thanks|thank to ~ for sending|gifting
affiliate*
courtesy of
brand ambassador
`,
}
