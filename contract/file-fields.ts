/** What a column of a file of posts can be used for, in the words of its readers: for the browser and for reports. */
const english = {
  id: 'Id of the post',
  text: 'Text',
  title: 'Title',
  publishedAt: 'Published',
  publishedAtDayFirst: 'Published, day first (31.5.)',
  publishedAtMonthFirst: 'Published, month first (5/31)',
  publishedTime: 'Time of day',
  authorId: 'Id of the author',
  authorHandle: 'Handle',
  authorName: 'Name of the author',
  authorUrl: 'Page of the author',
  followers: 'Followers',
  url: 'Address of the post',
  language: 'Language',
  parentId: 'Id of what it answers',
  network: 'Network',
  site: 'Site',
}

export type FileField = keyof typeof english
type Texts = Record<FileField, string>

const german: Texts = {
  id: 'Id des Beitrags',
  text: 'Text',
  title: 'Titel',
  publishedAt: 'Veröffentlicht',
  publishedAtDayFirst: 'Veröffentlicht, Tag zuerst (31.5.)',
  publishedAtMonthFirst: 'Veröffentlicht, Monat zuerst (5/31)',
  publishedTime: 'Uhrzeit',
  authorId: 'Id des Kontos',
  authorHandle: 'Handle',
  authorName: 'Name des Kontos',
  authorUrl: 'Profilseite',
  followers: 'Follower',
  url: 'Adresse des Beitrags',
  language: 'Sprache',
  parentId: 'Id des beantworteten Beitrags',
  network: 'Netzwerk',
  site: 'Website',
}

const dutch: Texts = {
  id: 'Id van het bericht',
  text: 'Tekst',
  title: 'Titel',
  publishedAt: 'Gepubliceerd',
  publishedAtDayFirst: 'Gepubliceerd, dag eerst (31-5)',
  publishedAtMonthFirst: 'Gepubliceerd, maand eerst (5/31)',
  publishedTime: 'Tijdstip',
  authorId: 'Id van het account',
  authorHandle: 'Handle',
  authorName: 'Naam van het account',
  authorUrl: 'Profielpagina',
  followers: 'Volgers',
  url: 'Adres van het bericht',
  language: 'Taal',
  parentId: 'Id van het beantwoorde bericht',
  network: 'Netwerk',
  site: 'Website',
}

const texts: Record<string, Texts> = { en: english, de: german, nl: dutch }

/** English where the language is not one of ours; the name itself where it is no field. */
export function fileFieldText(language: string, field: string): string {
  return Object.hasOwn(english, field) ? (texts[language] ?? english)[field as FileField] : field
}
