import type { ErrorCode, QueryError, QueryWarning, WarningCode } from './query.ts'

export type TextLanguage = 'en' | 'de' | 'nl'

/** What is wrong, for the person who typed it. {name} stands for a parameter of the error. */
export function describeError(error: QueryError, language: TextLanguage): string {
  return filledIn(TEXTS[language][error.code], error.params)
}

export function describeWarning(warning: QueryWarning, language: TextLanguage): string {
  return filledIn(TEXTS[language][warning.code], warning.params)
}

function filledIn(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? `${params[name]}` : whole))
}

type Texts = Record<ErrorCode | WarningCode, string>

const ENGLISH: Texts = {
  'query-empty': 'The query is empty. Type a word to listen for.',
  'query-too-long': 'The query has {length} characters; {max} are possible. Split it into several topics.',
  'query-too-large': 'The query has more than {max} words and operators. Split it into several topics.',
  'query-too-deep': 'More than {max} brackets or NOTs stand inside each other.',
  'bracket-unclosed': 'This bracket is never closed.',
  'bracket-unopened': 'This “{bracket}” closes nothing.',
  'brackets-empty': 'There is nothing between these brackets.',
  'quote-unclosed': 'This quotation mark is never closed.',
  'brace-unclosed': 'This brace is never closed.',
  'term-without-words': '“{text}” holds no letter, digit or emoji, so nothing can match it.',
  'phrase-too-long': 'A phrase can have {max} words. Use AND or NEAR for more.',
  'operand-missing-before': 'Before {operator} something is missing.',
  'operand-missing-behind': 'After {operator} something is missing.',
  'near-distance': '{operator} needs a number of words from 1 to {max}, as in NEAR/5.',
  'near-operand': '{operator} stands between words, phrases and ORs of them; {found} has no place in a text.',
  'nears-too-many': 'A query can have {max} NEARs.',
  'wildcard-too-broad': '“{word}” would match too much. It needs at least {min} letters.',
  'wildcard-too-long': 'A word with wildcards can have {max} characters.',
  'wildcards-too-many': 'A query can have {max} words with wildcards.',
  'wildcard-in-braces': 'Braces ask for the exact spelling, so “{word}” cannot have wildcards there.',
  'address-bare': 'To search for a web address, write url: before it.',
  'field-unknown':
    'There is no field “{field}”. The fields are {fields}. To search for the text itself, put it in quotation marks.',
  'field-without-value': 'A value has to follow {field}: without a blank.',
  'field-value': '“{value}” is not possible for {field}:. Expected: {expected}.',
  'field-list': 'In the brackets after {field}: only values with OR between them are possible.',
  'operator-lower-case': '“{word}” is read as a word. As an operator it is written {operator}.',
  'operator-foreign': '“{word}” is read as a word. The operator is written {operator}.',
  'and-or-mixed': 'AND binds tighter than OR. This is read as: {reading}',
  unbounded: 'This query mostly says what to leave out, so it matches almost every post.',
}

const GERMAN: Texts = {
  'query-empty': 'Die Suchanfrage ist leer. Geben Sie ein Wort ein, auf das gehört werden soll.',
  'query-too-long': 'Die Suchanfrage hat {length} Zeichen, möglich sind {max}. Teilen Sie sie auf mehrere Themen auf.',
  'query-too-large': 'Die Suchanfrage hat mehr als {max} Wörter und Operatoren. Teilen Sie sie auf mehrere Themen auf.',
  'query-too-deep': 'Mehr als {max} Klammern oder NOT sind ineinander verschachtelt.',
  'bracket-unclosed': 'Diese Klammer wird nicht geschlossen.',
  'bracket-unopened': 'Zu diesem „{bracket}“ fehlt die öffnende Klammer.',
  'brackets-empty': 'Zwischen diesen Klammern steht nichts.',
  'quote-unclosed': 'Dieses Anführungszeichen wird nicht geschlossen.',
  'brace-unclosed': 'Diese geschweifte Klammer wird nicht geschlossen.',
  'term-without-words':
    '„{text}“ enthält weder Buchstaben noch Ziffern noch Emoji und kann deshalb nirgends vorkommen.',
  'phrase-too-long': 'Eine Wortfolge darf {max} Wörter haben. Verwenden Sie für mehr AND oder NEAR.',
  'operand-missing-before': 'Vor {operator} fehlt etwas.',
  'operand-missing-behind': 'Nach {operator} fehlt etwas.',
  'near-distance': '{operator} braucht einen Wortabstand von 1 bis {max}, zum Beispiel NEAR/5.',
  'near-operand':
    '{operator} verbindet Wörter, Wortfolgen und mit OR verbundene Wörter; {found} hat keine Stelle im Text.',
  'nears-too-many': 'Eine Suchanfrage darf {max} NEAR enthalten.',
  'wildcard-too-broad': '„{word}“ würde zu viel finden. Nötig sind mindestens {min} Buchstaben.',
  'wildcard-too-long': 'Ein Wort mit Platzhaltern darf {max} Zeichen haben.',
  'wildcards-too-many': 'Eine Suchanfrage darf {max} Wörter mit Platzhaltern enthalten.',
  'wildcard-in-braces':
    'Geschweifte Klammern verlangen die genaue Schreibweise; „{word}“ darf dort keine Platzhalter haben.',
  'address-bare': 'Um nach einer Webadresse zu suchen, schreiben Sie url: davor.',
  'field-unknown':
    'Ein Feld „{field}“ gibt es nicht. Die Felder heißen {fields}. Wenn Sie den Text selbst suchen, setzen Sie ihn in Anführungszeichen.',
  'field-without-value': 'Auf {field}: muss ohne Leerzeichen ein Wert folgen.',
  'field-value': '„{value}“ ist für {field}: nicht möglich. Erwartet wird: {expected}.',
  'field-list': 'In den Klammern nach {field}: sind nur Werte möglich, zwischen denen OR steht.',
  'operator-lower-case': '„{word}“ wird als Wort gelesen. Der Operator wird {operator} geschrieben.',
  'operator-foreign': '„{word}“ wird als Wort gelesen. Der Operator heißt {operator}.',
  'and-or-mixed': 'AND bindet stärker als OR. Gelesen wird: {reading}',
  unbounded: 'Diese Suchanfrage sagt vor allem, was fehlen soll. Sie trifft deshalb auf fast jeden Beitrag zu.',
}

const DUTCH: Texts = {
  'query-empty': 'De zoekopdracht is leeg. Typ een woord waarnaar je wilt luisteren.',
  'query-too-long': 'De zoekopdracht heeft {length} tekens; er passen er {max}. Verdeel hem over meer onderwerpen.',
  'query-too-large': 'De zoekopdracht heeft meer dan {max} woorden en operatoren. Verdeel hem over meer onderwerpen.',
  'query-too-deep': 'Er staan meer dan {max} haakjes of NOT’s in elkaar.',
  'bracket-unclosed': 'Dit haakje wordt nergens gesloten.',
  'bracket-unopened': 'Bij deze “{bracket}” hoort geen openend haakje.',
  'brackets-empty': 'Tussen deze haakjes staat niets.',
  'quote-unclosed': 'Dit aanhalingsteken wordt nergens gesloten.',
  'brace-unclosed': 'Deze accolade wordt nergens gesloten.',
  'term-without-words': '“{text}” bevat geen letter, cijfer of emoji en kan dus nergens voorkomen.',
  'phrase-too-long': 'Een woordgroep mag {max} woorden hebben. Gebruik AND of NEAR als je er meer nodig hebt.',
  'operand-missing-before': 'Vóór {operator} ontbreekt iets.',
  'operand-missing-behind': 'Na {operator} ontbreekt iets.',
  'near-distance': '{operator} heeft een afstand van 1 tot {max} woorden nodig, bijvoorbeeld NEAR/5.',
  'near-operand':
    '{operator} staat tussen woorden, woordgroepen of woorden met OR ertussen; {found} heeft geen plaats in een tekst.',
  'nears-too-many': 'Een zoekopdracht mag {max} keer NEAR bevatten.',
  'wildcard-too-broad': '“{word}” zou te veel opleveren. Er zijn minstens {min} letters nodig.',
  'wildcard-too-long': 'Een woord met jokertekens mag {max} tekens hebben.',
  'wildcards-too-many': 'Een zoekopdracht mag {max} woorden met jokertekens bevatten.',
  'wildcard-in-braces': 'Accolades vragen om de exacte schrijfwijze; “{word}” kan daar geen jokertekens hebben.',
  'address-bare': 'Zet url: voor een webadres om ernaar te zoeken.',
  'field-unknown':
    'Het veld “{field}” bestaat niet. De velden zijn {fields}. Zoek je de tekst zelf, zet die dan tussen aanhalingstekens.',
  'field-without-value': 'Na {field}: hoort zonder spatie een waarde te staan.',
  'field-value': '“{value}” kan niet bij {field}:. Verwacht wordt: {expected}.',
  'field-list': 'Tussen de haakjes na {field}: kunnen alleen waarden staan met OR ertussen.',
  'operator-lower-case': '“{word}” wordt als woord gelezen. Als operator schrijf je {operator}.',
  'operator-foreign': '“{word}” wordt als woord gelezen. De operator schrijf je als {operator}.',
  'and-or-mixed': 'AND bindt sterker dan OR. Dit wordt gelezen als: {reading}',
  unbounded: 'Deze zoekopdracht zegt vooral wat er niet in mag staan en past daardoor op bijna elk bericht.',
}

const TEXTS: Record<TextLanguage, Texts> = { en: ENGLISH, de: GERMAN, nl: DUTCH }
