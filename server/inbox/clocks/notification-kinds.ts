import type { NotificationKind } from '../../platform/notification-kind.ts'

const about = { permission: 'inbox.read', about: 'conversation' } as const

/** A ladder's step: whoever has the conversation, or can take it, is told. Later steps are told again. */
export const CLOCK: NotificationKind = {
  kind: 'clock',
  ...about,
  toldAgain: true,
  urgent: true,
  sentences: {
    en: {
      one: {
        'nearly-due': 'An answer to a customer is due soon',
        late: 'A customer has waited longer than promised',
        returned: 'A conversation went back to the queue, as its time was running out',
        escalated: 'A conversation was passed to you, as a customer has waited too long',
      },
      many: (count) => `The time for ${count} conversations is running out, or has run out`,
    },
    de: {
      one: {
        'nearly-due': 'Eine Antwort an eine Kundin oder einen Kunden ist bald fällig',
        late: 'Jemand wartet länger auf eine Antwort als zugesagt',
        returned: 'Ein Gespräch ging in die Warteschlange zurück, weil seine Zeit ablief',
        escalated: 'Ein Gespräch ging an Sie, weil jemand zu lange wartet',
      },
      many: (count) => `Für ${count} Gespräche läuft die Zeit ab oder ist abgelaufen`,
    },
    nl: {
      one: {
        'nearly-due': 'Binnenkort moet een klant antwoord hebben',
        late: 'Een klant wacht langer dan beloofd',
        returned: 'Een gesprek ging terug naar de wachtrij, omdat de tijd opraakte',
        escalated: 'Een gesprek is aan jou doorgegeven, omdat een klant te lang wacht',
      },
      many: (count) => `Voor ${count} gesprekken is de tijd bijna om, of al om`,
    },
  },
}

export const REMINDER: NotificationKind = {
  kind: 'reminder',
  ...about,
  toldAgain: true,
  urgent: true,
  sentences: {
    en: {
      one: 'You asked to be reminded of a conversation',
      many: (count) => `You asked to be reminded of ${count} conversations`,
    },
    de: {
      one: 'Sie wollten an ein Gespräch erinnert werden',
      many: (count) => `Sie wollten an ${count} Gespräche erinnert werden`,
    },
    nl: {
      one: 'Je wilde aan een gesprek herinnerd worden',
      many: (count) => `Je wilde aan ${count} gesprekken herinnerd worden`,
    },
  },
}
