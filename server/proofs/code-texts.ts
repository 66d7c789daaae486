import { SENT_CODE_MINUTES } from './attempts.ts'
import type { PortalLanguage } from './texts.ts'

/** As it is read out: 1234 5678. */
const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** Says whose page asked, so that somebody who asked for nothing knows what to do: nothing, and to tell nobody. */
const MAILS: Record<PortalLanguage, (brand: string, code: string) => { subject: string; text: string }> = {
  de: (brand, code) => ({
    subject: `${spaced(code)} – Ihr Code für ${brand}`,
    text: `Guten Tag,\n\nauf der Seite „Ihre Verbindungen“ von ${brand} hat jemand diese Adresse angegeben. Waren Sie es, so geben Sie dort diesen Code ein:\n\n${spaced(code)}\n\nEr gilt ${SENT_CODE_MINUTES} Minuten. Sagen Sie ihn niemandem, auch uns nicht: Wir fragen nie danach.\n\nWaren Sie es nicht, brauchen Sie nichts zu tun.\n`,
  }),
  nl: (brand, code) => ({
    subject: `${spaced(code)} – je code voor ${brand}`,
    text: `Hallo,\n\nop de pagina ‘Je koppelingen’ van ${brand} heeft iemand dit adres opgegeven. Was jij dat? Vul daar dan deze code in:\n\n${spaced(code)}\n\nHij is ${SENT_CODE_MINUTES} minuten geldig. Geef hem aan niemand, ook niet aan ons: wij vragen er nooit om.\n\nWas jij het niet? Dan hoef je niets te doen.\n`,
  }),
  en: (brand, code) => ({
    subject: `${spaced(code)} – your code for ${brand}`,
    text: `Hello,\n\nsomebody entered this address on the page "Your connections" of ${brand}. If it was you, enter this code there:\n\n${spaced(code)}\n\nIt is valid for ${SENT_CODE_MINUTES} minutes. Tell it to nobody, not even to us: we never ask for it.\n\nIf it was not you, you need do nothing.\n`,
  }),
}

const MESSAGES: Record<PortalLanguage, (brand: string, code: string) => string> = {
  de: (brand, code) => `${spaced(code)} ist Ihr Code für ${brand}. Geben Sie ihn niemandem weiter.`,
  nl: (brand, code) => `${spaced(code)} is je code voor ${brand}. Geef hem aan niemand.`,
  en: (brand, code) => `${spaced(code)} is your code for ${brand}. Tell it to nobody.`,
}

/** A name with line breaks or much text in it would write our mails. */
const plain = (brand: string): string => brand.replace(/\s+/g, ' ').slice(0, 80)

export const codeMail = (language: string, brand: string, code: string) =>
  (MAILS[language as PortalLanguage] ?? MAILS.en)(plain(brand), code)
export const codeMessage = (language: string, brand: string, code: string): string =>
  (MESSAGES[language as PortalLanguage] ?? MESSAGES.en)(plain(brand), code)
