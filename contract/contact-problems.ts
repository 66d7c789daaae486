import { fileProblemText } from './file-problems.ts'

/**
 * What can be wrong with a file of contacts or purchases or with one of its rows, beyond what can be wrong with any file.
 * `left-out` codes: the row was taken in, without what they name.
 */
const english = {
  'no-identity-column':
    'No column is chosen by which a contact is known: a number, a mail address, a phone number, a site or an account.',
  'no-system': 'Say which system the numbers are from.',
  'ids-damaged':
    'A spreadsheet program has damaged the numbers in the column “{{column}}”, as in line {{line}}: {{example}}. Different contacts would get the same number. Use the original export, or import the column as text.',
  'phones-damaged':
    'A spreadsheet program has damaged phone numbers in “{{column}}”, as in line {{line}}: {{example}}. They are left out.',
  'phones-without-zero':
    'Phone numbers in “{{column}}” begin with neither a plus nor a zero, as in line {{line}}: {{example}}. A spreadsheet program may have cut them; they are read as numbers of the chosen country.',
  'no-identity': 'Nothing says who this is: there is no number, mail address, phone number, site or account.',
  'number-damaged': 'A spreadsheet program has damaged the number {{value}}.',
  'number-missing': 'The number is missing.',
  'legal-basis-unknown':
    '“{{value}}” is no legal basis. Known are consent, contract, legitimate interest and legal obligation.',
  'card-too-large': 'The card is too large.',
  'card-not-closed': 'The card is not closed.',
  suppressed: 'This person asked not to be kept, or was erased. The row is not taken in.',
  'phone-left-out': 'The phone number {{value}} cannot be read and was left out; the rest was taken in.',
  'phone-damaged-left-out':
    'A spreadsheet program has damaged the phone number {{value}}; it was left out, the rest was taken in.',
  'mail-left-out': 'The mail address {{value}} is none and was left out; the rest was taken in.',
  'site-left-out': 'The site {{value}} is none and was left out; the rest was taken in.',
  'birth-date-left-out': 'The date of birth {{value}} cannot be read and was left out; the rest was taken in.',
  'consent-left-out': '“{{value}}” is neither yes nor no; the consent was left out, the rest was taken in.',
  'too-many-left-out': 'There are more than {{most}} of “{{field}}”; the others were left out.',
  'no-purchase-id': 'No column is chosen for the number of the order or contract.',
  'no-customer-column': 'No column is chosen that says whose it is: a customer number or a mail address.',
  'no-happened-column': 'No column is chosen for the date.',
  'customer-missing': 'Nothing says whose it is.',
  'purchase-date-unreadable': 'The date “{{value}}” cannot be read.',
  'amount-unreadable': 'The amount “{{value}}” cannot be read.',
  'currency-missing': 'There is an amount, but no currency.',
  'currency-unknown': '“{{value}}” is no currency.',
  'state-unknown': '“{{value}}” is no state of an order or contract.',
  'kind-unknown': '“{{value}}” is neither an order nor a contract.',
}

export type ContactProblemCode = keyof typeof english
type Texts = Record<ContactProblemCode, string>

const german: Texts = {
  'no-identity-column':
    'Es ist keine Spalte gewählt, an der ein Kontakt erkannt wird: Nummer, E-Mail-Adresse, Telefonnummer, Website oder Konto.',
  'no-system': 'Geben Sie an, aus welchem System die Nummern stammen.',
  'ids-damaged':
    'Ein Tabellenprogramm hat die Nummern in der Spalte „{{column}}“ beschädigt, etwa in Zeile {{line}}: {{example}}. Verschiedene Kontakte bekämen dieselbe Nummer. Nehmen Sie den ursprünglichen Export, oder importieren Sie die Spalte als Text.',
  'phones-damaged':
    'Ein Tabellenprogramm hat Telefonnummern in „{{column}}“ beschädigt, etwa in Zeile {{line}}: {{example}}. Sie werden weggelassen.',
  'phones-without-zero':
    'Telefonnummern in „{{column}}“ beginnen weder mit Plus noch mit Null, etwa in Zeile {{line}}: {{example}}. Vielleicht hat ein Tabellenprogramm sie abgeschnitten; gelesen werden sie als Nummern des gewählten Landes.',
  'no-identity': 'Nichts sagt, wer das ist: Nummer, E-Mail-Adresse, Telefonnummer, Website und Konto fehlen.',
  'number-damaged': 'Ein Tabellenprogramm hat die Nummer {{value}} beschädigt.',
  'number-missing': 'Die Nummer fehlt.',
  'legal-basis-unknown':
    '„{{value}}“ ist keine Rechtsgrundlage. Bekannt sind Einwilligung, Vertrag, berechtigtes Interesse und rechtliche Verpflichtung.',
  'card-too-large': 'Die Karte ist zu groß.',
  'card-not-closed': 'Die Karte ist nicht abgeschlossen.',
  suppressed: 'Diese Person will nicht gespeichert werden oder wurde gelöscht. Die Zeile wird nicht übernommen.',
  'phone-left-out': 'Die Telefonnummer {{value}} ist nicht lesbar und wurde weggelassen; der Rest wurde übernommen.',
  'phone-damaged-left-out':
    'Ein Tabellenprogramm hat die Telefonnummer {{value}} beschädigt; sie wurde weggelassen, der Rest übernommen.',
  'mail-left-out': '{{value}} ist keine E-Mail-Adresse und wurde weggelassen; der Rest wurde übernommen.',
  'site-left-out': '{{value}} ist keine Website und wurde weggelassen; der Rest wurde übernommen.',
  'birth-date-left-out':
    'Das Geburtsdatum {{value}} ist nicht lesbar und wurde weggelassen; der Rest wurde übernommen.',
  'consent-left-out': '„{{value}}“ heißt weder Ja noch Nein; die Einwilligung wurde weggelassen, der Rest übernommen.',
  'too-many-left-out': 'Es sind mehr als {{most}} Werte für „{{field}}“; die übrigen wurden weggelassen.',
  'no-purchase-id': 'Für die Nummer der Bestellung oder des Vertrags ist keine Spalte gewählt.',
  'no-customer-column': 'Es ist keine Spalte gewählt, die sagt, wessen sie ist: Kundennummer oder E-Mail-Adresse.',
  'no-happened-column': 'Für das Datum ist keine Spalte gewählt.',
  'customer-missing': 'Nichts sagt, wessen sie ist.',
  'purchase-date-unreadable': 'Das Datum „{{value}}“ ist nicht lesbar.',
  'amount-unreadable': 'Der Betrag „{{value}}“ ist nicht lesbar.',
  'currency-missing': 'Es gibt einen Betrag, aber keine Währung.',
  'currency-unknown': '„{{value}}“ ist keine Währung.',
  'state-unknown': '„{{value}}“ ist kein Stand einer Bestellung oder eines Vertrags.',
  'kind-unknown': '„{{value}}“ ist weder eine Bestellung noch ein Vertrag.',
}

const dutch: Texts = {
  'no-identity-column':
    'Er is geen kolom gekozen waaraan een contact herkend wordt: een nummer, e-mailadres, telefoonnummer, website of account.',
  'no-system': 'Zeg uit welk systeem de nummers komen.',
  'ids-damaged':
    'Een spreadsheetprogramma heeft de nummers in de kolom ‘{{column}}’ beschadigd, zoals in regel {{line}}: {{example}}. Verschillende contacten zouden hetzelfde nummer krijgen. Gebruik de oorspronkelijke export, of importeer de kolom als tekst.',
  'phones-damaged':
    'Een spreadsheetprogramma heeft telefoonnummers in ‘{{column}}’ beschadigd, zoals in regel {{line}}: {{example}}. Ze worden weggelaten.',
  'phones-without-zero':
    'Telefoonnummers in ‘{{column}}’ beginnen niet met een plus of een nul, zoals in regel {{line}}: {{example}}. Misschien heeft een spreadsheetprogramma ze afgekapt; ze worden gelezen als nummers van het gekozen land.',
  'no-identity': 'Niets zegt wie dit is: er is geen nummer, e-mailadres, telefoonnummer, website of account.',
  'number-damaged': 'Een spreadsheetprogramma heeft het nummer {{value}} beschadigd.',
  'number-missing': 'Het nummer ontbreekt.',
  'legal-basis-unknown':
    '‘{{value}}’ is geen rechtsgrond. Bekend zijn toestemming, overeenkomst, gerechtvaardigd belang en wettelijke verplichting.',
  'card-too-large': 'De kaart is te groot.',
  'card-not-closed': 'De kaart is niet afgesloten.',
  suppressed: 'Deze persoon wil niet bewaard worden of is gewist. De rij wordt niet overgenomen.',
  'phone-left-out': 'Het telefoonnummer {{value}} is niet te lezen en is weggelaten; de rest is overgenomen.',
  'phone-damaged-left-out':
    'Een spreadsheetprogramma heeft het telefoonnummer {{value}} beschadigd; het is weggelaten, de rest is overgenomen.',
  'mail-left-out': '{{value}} is geen e-mailadres en is weggelaten; de rest is overgenomen.',
  'site-left-out': '{{value}} is geen website en is weggelaten; de rest is overgenomen.',
  'birth-date-left-out': 'De geboortedatum {{value}} is niet te lezen en is weggelaten; de rest is overgenomen.',
  'consent-left-out': '‘{{value}}’ is geen ja of nee; de toestemming is weggelaten, de rest is overgenomen.',
  'too-many-left-out': 'Er zijn meer dan {{most}} waarden voor ‘{{field}}’; de andere zijn weggelaten.',
  'no-purchase-id': 'Er is geen kolom gekozen voor het nummer van de bestelling of overeenkomst.',
  'no-customer-column': 'Er is geen kolom gekozen die zegt van wie het is: een klantnummer of e-mailadres.',
  'no-happened-column': 'Er is geen kolom gekozen voor de datum.',
  'customer-missing': 'Niets zegt van wie het is.',
  'purchase-date-unreadable': 'De datum ‘{{value}}’ is niet te lezen.',
  'amount-unreadable': 'Het bedrag ‘{{value}}’ is niet te lezen.',
  'currency-missing': 'Er is een bedrag, maar geen valuta.',
  'currency-unknown': '‘{{value}}’ is geen valuta.',
  'state-unknown': '‘{{value}}’ is geen stand van een bestelling of overeenkomst.',
  'kind-unknown': '‘{{value}}’ is geen bestelling en geen overeenkomst.',
}

const texts: Record<string, Texts> = { en: english, de: german, nl: dutch }

/** English where the language is not one of ours; null for a code that has no text. */
export function contactProblemText(
  language: string,
  code: string,
  params: Record<string, unknown> = {},
): string | null {
  const known = texts[language] ?? english
  if (!Object.hasOwn(known, code)) return fileProblemText(language, code, params)
  return known[code as ContactProblemCode].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
}
