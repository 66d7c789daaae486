/** What a column of a file of orders or contracts can be used for, in the words of its readers. */
const english = {
  externalId: 'Number of the order or contract',
  kind: 'Order or contract',
  customerNumber: 'Customer number',
  customerMail: 'Mail address of the customer',
  customerPhone: 'Phone number of the customer',
  state: 'State',
  title: 'What it is about',
  happenedAt: 'Placed or signed',
  happenedAtDayFirst: 'Placed or signed, day first (31.5.)',
  happenedAtMonthFirst: 'Placed or signed, month first (5/31)',
  runsFrom: 'Runs from',
  runsUntil: 'Runs until',
  amount: 'Amount',
  refunded: 'Given back',
  currency: 'Currency',
  url: 'Address in the system',
}

export type PurchaseField = keyof typeof english
export const PURCHASE_FIELDS = Object.keys(english) as PurchaseField[]
type Texts = Record<PurchaseField, string>

const german: Texts = {
  externalId: 'Nummer der Bestellung oder des Vertrags',
  kind: 'Bestellung oder Vertrag',
  customerNumber: 'Kundennummer',
  customerMail: 'E-Mail-Adresse des Kunden',
  customerPhone: 'Telefonnummer des Kunden',
  state: 'Stand',
  title: 'Worum es geht',
  happenedAt: 'Aufgegeben oder geschlossen',
  happenedAtDayFirst: 'Aufgegeben oder geschlossen, Tag zuerst (31.5.)',
  happenedAtMonthFirst: 'Aufgegeben oder geschlossen, Monat zuerst (5/31)',
  runsFrom: 'Läuft ab',
  runsUntil: 'Läuft bis',
  amount: 'Betrag',
  refunded: 'Erstattet',
  currency: 'Währung',
  url: 'Adresse im System',
}

const dutch: Texts = {
  externalId: 'Nummer van de bestelling of overeenkomst',
  kind: 'Bestelling of overeenkomst',
  customerNumber: 'Klantnummer',
  customerMail: 'E-mailadres van de klant',
  customerPhone: 'Telefoonnummer van de klant',
  state: 'Stand',
  title: 'Waar het om gaat',
  happenedAt: 'Geplaatst of gesloten',
  happenedAtDayFirst: 'Geplaatst of gesloten, dag eerst (31-5)',
  happenedAtMonthFirst: 'Geplaatst of gesloten, maand eerst (5/31)',
  runsFrom: 'Loopt vanaf',
  runsUntil: 'Loopt tot',
  amount: 'Bedrag',
  refunded: 'Terugbetaald',
  currency: 'Valuta',
  url: 'Adres in het systeem',
}

const texts: Record<string, Texts> = { en: english, de: german, nl: dutch }

export const purchaseFieldText = (language: string, field: string): string =>
  Object.hasOwn(english, field) ? (texts[language] ?? english)[field as PurchaseField] : field
