import { createHash } from 'node:crypto'

export const PORTAL_LANGUAGES = ['de', 'nl', 'en'] as const
export type PortalLanguage = (typeof PORTAL_LANGUAGES)[number]
/** What is stated by a press of a button, kept word for word in the consent ledger. */
export const STATEMENTS = ['consent', 'cut', 'access', 'erasure'] as const
export type Statement = (typeof STATEMENTS)[number]
export type PortalTexts = Partial<Record<PortalLanguage, { lead?: string | undefined; consent?: string | undefined }>>

interface Texts extends Record<Statement, string> {
  lead: string
}

const OURS: Record<PortalLanguage, Texts> = {
  de: {
    lead: 'Hier zeigen Sie {brand}, welche Adressen und Konten Ihnen gehören. Dann weiß man dort, dass Sie es sind, und kann Ihnen schneller helfen. Sie sehen alles, was verbunden ist, und können es jederzeit trennen.',
    consent:
      'Ich möchte, dass {brand} diese Adresse oder dieses Konto mit meiner Person verbindet und dazu nutzt, mir zu helfen. Ich kann die Verbindung hier jederzeit trennen; das gilt dann ab sofort.',
    cut: 'Diese Adresse oder dieses Konto soll bei {brand} nicht länger mit meiner Person verbunden sein.',
    access: 'Ich bitte {brand} um eine Kopie aller Daten, die zu meiner Person gespeichert sind.',
    erasure: 'Ich bitte {brand}, die Daten zu meiner Person zu löschen.',
  },
  nl: {
    lead: 'Hier laat je {brand} zien welke adressen en accounts van jou zijn. Dan weten ze daar dat jij het bent en kunnen ze je sneller helpen. Je ziet alles wat gekoppeld is en kunt het altijd weer losmaken.',
    consent:
      'Ik wil dat {brand} dit adres of dit account aan mijn persoon koppelt en gebruikt om mij te helpen. Ik kan de koppeling hier altijd losmaken; dat geldt dan meteen.',
    cut: 'Dit adres of dit account moet bij {brand} niet langer aan mijn persoon gekoppeld zijn.',
    access: 'Ik vraag {brand} om een kopie van alle gegevens die over mijn persoon zijn opgeslagen.',
    erasure: 'Ik vraag {brand} de gegevens over mijn persoon te wissen.',
  },
  en: {
    lead: 'Show {brand} which addresses and accounts are yours. They then know that it is you, and can help you sooner. You see everything that is connected, and can cut it at any time.',
    consent:
      'I want {brand} to connect this address or account with my person and to use it to help me. I can cut the connection here at any time, with effect at once.',
    cut: 'At {brand}, this address or account shall no longer be connected with my person.',
    access: 'I ask {brand} for a copy of all data that is stored about my person.',
    erasure: 'I ask {brand} to erase the data about my person.',
  },
}

/** As a form shows them beside the workspace's own. */
export const ourTexts: Record<PortalLanguage, { lead: string; consent: string }> = OURS

/** Our words, or the workspace's own where it wrote some. */
export function textsFor(own: PortalTexts, brand: string, language: PortalLanguage): Texts {
  const { lead, consent } = own[language] ?? {}
  const texts = { ...OURS[language], ...(lead ? { lead } : {}), ...(consent ? { consent } : {}) }
  const filled = Object.entries(texts).map(([key, text]) => [key, text.replaceAll('{brand}', () => brand)])
  return Object.fromEntries(filled) as unknown as Texts
}

/** Names a text word for word: what a customer agrees to must be what the page showed. */
export const textId = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
