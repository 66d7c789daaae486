import type { INVITATION_LANGUAGES } from '../../../contract/inbox-handover.ts'

export type InvitationLanguage = (typeof INVITATION_LANGUAGES)[number]

/** What an agent finds in the public answer and may change. Short, because a network may take few characters. */
const TEXTS: Record<InvitationLanguage, Record<'address' | 'address-and-code' | 'message', string>> = {
  de: {
    address:
      'Damit wir Ihnen persönlich helfen können, schreiben Sie uns bitte an {address}. Ihre Nachricht kommt direkt bei Ihrem Anliegen an.',
    'address-and-code':
      'Damit wir Ihnen persönlich helfen können, schreiben Sie uns bitte an {address} und nennen Sie im Betreff {code}.',
    message:
      'Damit wir Ihnen persönlich helfen können, schreiben Sie uns bitte eine Direktnachricht. Sie kommt direkt bei Ihrem Anliegen an.',
  },
  nl: {
    address:
      'Mail ons op {address}, dan helpen we je persoonlijk verder. Je bericht komt meteen bij deze melding terecht.',
    'address-and-code': 'Mail ons op {address} en zet {code} in het onderwerp, dan helpen we je persoonlijk verder.',
    message:
      'Stuur ons een privébericht, dan helpen we je persoonlijk verder. Je bericht komt meteen bij deze melding terecht.',
  },
  en: {
    address: 'So that we can help you in person, please write to {address}. Your message goes straight to this case.',
    'address-and-code': 'So that we can help you in person, please write to {address} and put {code} in the subject.',
    message: 'So that we can help you in person, please send us a direct message. It goes straight to this case.',
  },
}

export function invitationText(
  language: InvitationLanguage,
  { address, code, bringsCode }: { address: string | null; code: string; bringsCode: boolean },
): string {
  const kind = address === null ? 'message' : bringsCode ? 'address' : 'address-and-code'
  return TEXTS[language][kind].replace('{address}', () => address ?? '').replace('{code}', () => code)
}
