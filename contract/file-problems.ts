/**
 * What can be wrong with a file of posts or with one of its rows, in the words of its readers: for the browser, the list of
 * refused rows, and reports. {{…}} are the parameters of the problem.
 */
const english = {
  'empty-file': 'The file has no rows.',
  'not-a-table': 'This is not a table that can be read. Save it as CSV, TSV, JSON, JSON Lines or XLSX.',
  'binary-file': 'The file is not text. Save it as CSV, TSV, JSON, JSON Lines or XLSX.',
  'old-workbook': 'This is an old Excel workbook (.xls). Save it as .xlsx or, better, as CSV.',
  'compressed-file': 'The file is compressed. Unpack it and drop what is inside.',
  'broken-workbook': 'The workbook cannot be opened: {{detail}}. Save it again, or as CSV.',
  'workbook-too-large': 'The workbook unpacks to more than {{megabytesMax}} MB. Save it as CSV.',
  'too-many-columns': 'The file has {{columns}} columns; {{columnsMax}} can be read. Remove those that are not needed.',
  'no-header': 'The first row looks like data ({{example}}). Put the names of the columns there.',
  'broken-json': 'The JSON breaks off or is damaged near line {{line}}.',
  'ids-mangled':
    'A spreadsheet program has damaged the ids in the column “{{column}}”, as in line {{line}}: {{example}}.',
  'no-text-column': 'No column is chosen for the text. Choose it below.',
  'no-date-column': 'No column is chosen for the time of publication. Choose it below.',
  'unknown-column': 'The file has no column “{{column}}”.',
  'unknown-field': '“{{field}}” is nothing that a column can be used for.',
  'date-order-unknown':
    'Dates like {{example}} in “{{column}}” can be read in two ways. Choose below whether the day or the month comes first.',
  'date-order-mixed':
    '“{{column}}” has dates with the day first ({{dayFirst}}) and with the month first ({{monthFirst}}). Choose one below; rows in the other order are then rejected.',
  'encoding-guessed':
    'The letters are not in the usual encoding (first seen in line {{line}}), so an older one is used. Check letters with accents in the preview.',
  'ids-made': 'No column has ids. Each post gets one made of author, time and text: a changed text is then a new post.',
  'parents-mangled':
    'A spreadsheet program has damaged the ids in “{{column}}”, so answers are not linked to what they answer.',
  'time-zone-assumed': 'Times in “{{column}}” name no time zone; {{timeZone}} is assumed.',
  'row-too-long': 'The row is too long.',
  'quote-not-closed': 'A quotation mark is opened and not closed.',
  'too-many-cells':
    'The row has {{cells}} cells, the header has {{columns}}: perhaps a text holds an unquoted separator.',
  'not-an-object': 'This is not a JSON object.',
  'text-missing': 'There is no text.',
  'id-missing': 'There is no id.',
  'id-mangled': 'A spreadsheet program has damaged the id {{value}}.',
  'date-missing': 'There is no time of publication.',
  'date-unreadable': 'The time “{{value}}” cannot be read.',
}

export type FileProblemCode = keyof typeof english
type Texts = Record<FileProblemCode, string>

const german: Texts = {
  'empty-file': 'Die Datei hat keine Zeilen.',
  'not-a-table': 'Das ist keine lesbare Tabelle. Speichern Sie sie als CSV, TSV, JSON, JSON Lines oder XLSX.',
  'binary-file': 'Die Datei ist kein Text. Speichern Sie sie als CSV, TSV, JSON, JSON Lines oder XLSX.',
  'old-workbook': 'Das ist eine alte Excel-Mappe (.xls). Speichern Sie sie als .xlsx oder, besser, als CSV.',
  'compressed-file': 'Die Datei ist gepackt. Entpacken Sie sie und legen Sie den Inhalt ab.',
  'broken-workbook': 'Die Arbeitsmappe lässt sich nicht öffnen: {{detail}}. Speichern Sie sie neu oder als CSV.',
  'workbook-too-large': 'Die Arbeitsmappe ist entpackt größer als {{megabytesMax}} MB. Speichern Sie sie als CSV.',
  'too-many-columns':
    'Die Datei hat {{columns}} Spalten; lesbar sind {{columnsMax}}. Entfernen Sie, was nicht gebraucht wird.',
  'no-header': 'Die erste Zeile sieht nach Daten aus ({{example}}). Dort müssen die Namen der Spalten stehen.',
  'broken-json': 'Das JSON bricht bei Zeile {{line}} ab oder ist dort beschädigt.',
  'ids-mangled':
    'Ein Tabellenprogramm hat die Ids in der Spalte „{{column}}“ beschädigt, etwa in Zeile {{line}}: {{example}}.',
  'no-text-column': 'Für den Text ist keine Spalte gewählt. Wählen Sie sie unten.',
  'no-date-column': 'Für den Zeitpunkt der Veröffentlichung ist keine Spalte gewählt. Wählen Sie sie unten.',
  'unknown-column': 'Die Datei hat keine Spalte „{{column}}“.',
  'unknown-field': 'Für „{{field}}“ kann keine Spalte verwendet werden.',
  'date-order-unknown':
    'Daten wie {{example}} in „{{column}}“ lassen sich auf zwei Arten lesen. Wählen Sie unten, ob der Tag oder der Monat zuerst steht.',
  'date-order-mixed':
    'In „{{column}}“ steht mal der Tag ({{dayFirst}}), mal der Monat ({{monthFirst}}) zuerst. Wählen Sie unten eines; Zeilen in der anderen Reihenfolge werden dann abgewiesen.',
  'encoding-guessed':
    'Die Buchstaben sind nicht in der üblichen Kodierung gespeichert (zuerst in Zeile {{line}}); es wird eine ältere verwendet. Prüfen Sie Umlaute und Akzente in der Vorschau.',
  'ids-made':
    'Keine Spalte enthält Ids. Jeder Beitrag bekommt eine aus Konto, Zeit und Text: Ein geänderter Text ist dann ein neuer Beitrag.',
  'parents-mangled':
    'Ein Tabellenprogramm hat die Ids in „{{column}}“ beschädigt; Antworten werden deshalb nicht mit dem verknüpft, worauf sie antworten.',
  'time-zone-assumed': 'Die Zeiten in „{{column}}“ nennen keine Zeitzone; angenommen wird {{timeZone}}.',
  'row-too-long': 'Die Zeile ist zu lang.',
  'quote-not-closed': 'Ein Anführungszeichen wird geöffnet und nicht geschlossen.',
  'too-many-cells':
    'Die Zeile hat {{cells}} Zellen, die Kopfzeile {{columns}}: Vielleicht enthält ein Text ein Trennzeichen ohne Anführungszeichen.',
  'not-an-object': 'Das ist kein JSON-Objekt.',
  'text-missing': 'Der Text fehlt.',
  'id-missing': 'Die Id fehlt.',
  'id-mangled': 'Ein Tabellenprogramm hat die Id {{value}} beschädigt.',
  'date-missing': 'Der Zeitpunkt der Veröffentlichung fehlt.',
  'date-unreadable': 'Die Zeitangabe „{{value}}“ lässt sich nicht lesen.',
}

const dutch: Texts = {
  'empty-file': 'Het bestand heeft geen rijen.',
  'not-a-table': 'Dit is geen leesbare tabel. Sla hem op als CSV, TSV, JSON, JSON Lines of XLSX.',
  'binary-file': 'Het bestand is geen tekst. Sla het op als CSV, TSV, JSON, JSON Lines of XLSX.',
  'old-workbook': 'Dit is een oude Excel-werkmap (.xls). Sla hem op als .xlsx of, beter, als CSV.',
  'compressed-file': 'Het bestand is ingepakt. Pak het uit en laat de inhoud vallen.',
  'broken-workbook': 'De werkmap is niet te openen: {{detail}}. Sla hem opnieuw op, of als CSV.',
  'workbook-too-large': 'De werkmap is uitgepakt groter dan {{megabytesMax}} MB. Sla hem op als CSV.',
  'too-many-columns':
    'Het bestand heeft {{columns}} kolommen; er kunnen er {{columnsMax}} gelezen worden. Verwijder wat niet nodig is.',
  'no-header': 'De eerste rij lijkt op gegevens ({{example}}). Daar horen de namen van de kolommen.',
  'broken-json': 'De JSON breekt af of is beschadigd bij regel {{line}}.',
  'ids-mangled':
    'Een spreadsheetprogramma heeft de id’s in de kolom ‘{{column}}’ beschadigd, zoals in regel {{line}}: {{example}}.',
  'no-text-column': 'Er is geen kolom gekozen voor de tekst. Kies die hieronder.',
  'no-date-column': 'Er is geen kolom gekozen voor het moment van publicatie. Kies die hieronder.',
  'unknown-column': 'Het bestand heeft geen kolom ‘{{column}}’.',
  'unknown-field': 'Voor ‘{{field}}’ kan geen kolom gebruikt worden.',
  'date-order-unknown':
    'Datums als {{example}} in ‘{{column}}’ zijn op twee manieren te lezen. Kies hieronder of de dag of de maand eerst komt.',
  'date-order-mixed':
    'In ‘{{column}}’ staat soms de dag ({{dayFirst}}) en soms de maand ({{monthFirst}}) eerst. Kies er hieronder een; rijen in de andere volgorde worden dan geweigerd.',
  'encoding-guessed':
    'De letters staan niet in de gebruikelijke codering (voor het eerst in regel {{line}}); er wordt een oudere gebruikt. Controleer letters met accenten in het voorbeeld.',
  'ids-made':
    'Geen kolom heeft id’s. Elk bericht krijgt er een uit account, tijd en tekst: een gewijzigde tekst is dan een nieuw bericht.',
  'parents-mangled':
    'Een spreadsheetprogramma heeft de id’s in ‘{{column}}’ beschadigd; antwoorden worden daarom niet gekoppeld aan waarop ze antwoorden.',
  'time-zone-assumed': 'De tijden in ‘{{column}}’ noemen geen tijdzone; aangenomen wordt {{timeZone}}.',
  'row-too-long': 'De rij is te lang.',
  'quote-not-closed': 'Een aanhalingsteken wordt geopend en niet gesloten.',
  'too-many-cells':
    'De rij heeft {{cells}} cellen, de kop {{columns}}: misschien staat er in een tekst een scheidingsteken zonder aanhalingstekens.',
  'not-an-object': 'Dit is geen JSON-object.',
  'text-missing': 'De tekst ontbreekt.',
  'id-missing': 'De id ontbreekt.',
  'id-mangled': 'Een spreadsheetprogramma heeft de id {{value}} beschadigd.',
  'date-missing': 'Het moment van publicatie ontbreekt.',
  'date-unreadable': 'De tijd ‘{{value}}’ is niet te lezen.',
}

const texts: Record<string, Texts> = { en: english, de: german, nl: dutch }

/** English where the language is not one of ours; null for a code that has no text. */
export function fileProblemText(language: string, code: string, params: Record<string, unknown> = {}): string | null {
  const known = texts[language] ?? english
  if (!Object.hasOwn(known, code)) return null
  return known[code as FileProblemCode].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
}
