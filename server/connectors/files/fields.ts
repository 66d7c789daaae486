/** What a column can be used for, and the names under which exports carry it, in English, German and Dutch. */
import type { FileField } from '../../../contract/file-fields.ts'

/** In the order in which they are offered. Several columns may serve one field: the first that is not empty counts. */
export const IMPORT_FIELDS = [
  'id',
  'text',
  'title',
  'publishedAt',
  'publishedAtDayFirst',
  'publishedAtMonthFirst',
  'publishedTime',
  'authorId',
  'authorHandle',
  'authorName',
  'authorUrl',
  'followers',
  'url',
  'language',
  'parentId',
  'network',
  'site',
] as const satisfies readonly FileField[]

export type ImportField = (typeof IMPORT_FIELDS)[number]

/** Column of the file → field. Columns that are not named are not used. */
export type Mapping = Record<string, string>

/** Without these no row can become a post; any of the three ways to read a date will do. */
export const REQUIRED_FIELDS: readonly ImportField[] = ['text', 'publishedAt']

export const DATE_FIELDS: readonly ImportField[] = ['publishedAt', 'publishedAtDayFirst', 'publishedAtMonthFirst']

export function isImportField(name: string): name is ImportField {
  return (IMPORT_FIELDS as readonly string[]).includes(name)
}

/** Compared without case, spaces, marks and accents. */
const names: [ImportField, string][] = [
  [
    'id',
    'id tweetid postid messageid statusid commentid mentionid documentid resourceid externalid idstr guid beitragsid nachrichtid berichtid',
  ],
  [
    'text',
    'fulltext text message body content comment snippet hitsentence tweettext posttext tweet description beitrag nachricht inhalt kommentar volltext tekst bericht inhoud reactie reviewtext review',
  ],
  ['title', 'title headline subject titel betreff uberschrift onderwerp kop'],
  [
    'publishedAt',
    'publishedat published publicationdate createdat created date datetime timestamp time posted postedat tweetcreated creationdate datum zeitpunkt veroffentlicht veroffentlichtam erstelltam erstellt gepubliceerd geplaatst aangemaaktop datumtijd publicatiedatum datumzeit',
  ],
  ['publishedTime', 'uhrzeit tijdstip'],
  [
    'authorId',
    'authorid userid fromid senderid accountid useridstr autorid benutzerid auteurid gebruikersid userid_str useridstr',
  ],
  [
    'authorHandle',
    'handle username screenname authorhandle authorusername account userscreenname userhandle benutzername kontoname gebruikersnaam nickname nick',
  ],
  [
    'authorName',
    'author authorname name fullname displayname from user sender username reviewer autor verfasser absender benutzer auteur afzender gebruiker naam',
  ],
  ['authorUrl', 'authorurl profileurl authorprofile userurl autorurl profillink profiel'],
  [
    'followers',
    'followers followercount followerscount authorfollowers reach twitterfollowers follower abonnenten volgers aantalvolgers userfollowerscount',
  ],
  ['url', 'url link permalink posturl mentionurl tweeturl originalurl adresse webadresse'],
  ['language', 'language lang sprache taal'],
  [
    'parentId',
    'parentid inreplyto inreplytoid inreplytostatusid inreplytostatusidstr inresponsetotweetid replyto replytoid parent antwortauf antwoordop',
  ],
  [
    'network',
    'network platform sourcetype contenttype mediatype channel contentsourcename contentsource netzwerk plattform kanal netwerk kanaal',
  ],
  ['site', 'site domain sourcedomain domainurl website webseite'],
]

const fieldsByName = new Map(
  names
    .flatMap(([field, list]) =>
      list
        .split(' ')
        .map((name) => [name, field] as const)
        .reverse(),
    )
    .reverse(),
)

export function fieldNamed(column: string): ImportField | null {
  return fieldsByName.get(normalName(column)) ?? null
}

/** How telling a name is for its field: 0 for the plainest. */
export function fieldRank(column: string): number {
  const name = normalName(column)
  return names.map(([, list]) => list.split(' ').indexOf(name)).find((rank) => rank !== -1) ?? Number.MAX_SAFE_INTEGER
}

export function normalName(column: string): string {
  return column
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]/g, '')
}
