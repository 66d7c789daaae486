import type { Invited } from './invited.ts'
import type { PortalLanguage } from './texts.ts'

/** What an agent finds in the answer and may change. Short, because a network may take few characters. */
const TEXTS: Record<PortalLanguage, Record<Invited['asked'], string>> = {
  de: {
    'customer-number':
      'Damit wir Ihnen helfen können, brauchen wir Ihre Kundennummer. Bitte nennen Sie sie nicht öffentlich, sondern bestätigen Sie hier, dass Sie es sind: {link}',
    mail: 'Damit wir Sie zuordnen können, bestätigen Sie bitte hier Ihre E-Mail-Adresse: {link}',
    phone: 'Damit wir Sie zuordnen können, bestätigen Sie bitte hier Ihre Telefonnummer: {link}',
    account: 'Bitte bestätigen Sie hier, dass dieses Konto Ihnen gehört: {link}',
  },
  nl: {
    'customer-number':
      'Om je te kunnen helpen hebben we je klantnummer nodig. Noem het niet in het openbaar, maar bevestig hier dat jij het bent: {link}',
    mail: 'Bevestig hier je e-mailadres, dan weten we wie je bent: {link}',
    phone: 'Bevestig hier je telefoonnummer, dan weten we wie je bent: {link}',
    account: 'Bevestig hier dat dit account van jou is: {link}',
  },
  en: {
    'customer-number':
      'To help you we need to know your customer number. Please do not tell it in public; confirm here that it is you: {link}',
    mail: 'So that we know who you are, please confirm your mail address here: {link}',
    phone: 'So that we know who you are, please confirm your phone number here: {link}',
    account: 'Please confirm here that this account is yours: {link}',
  },
}

export const invitationText = (language: PortalLanguage, asked: Invited['asked'], link: string): string =>
  TEXTS[language][asked].replace('{link}', () => link)
