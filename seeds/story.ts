/** What happens in public, told in the words of the story; the twin turns it into records, articles and events. */
export type Language = 'de' | 'nl' | 'en' | 'fi'

export type StoryEvent =
  | {
      kind: 'post'
      /** Name by which later events speak of this post. */
      key?: string
      /** Key of a member of the public cast. */
      by: string
      text: string
      language?: Language
      /** Key of the post that this one answers. */
      answers?: string
      quotes?: string
      picture?: PictureName
      alt?: string
    }
  | { kind: 'post-deleted'; key: string }
  /** The author says it again, better: the network knows no edits, so the old post goes and a new one comes. */
  | { kind: 'post-replaced'; key: string; text: string }
  | { kind: 'renamed'; by: string; handle: string }
  | { kind: 'account'; by: string; status: 'active' | 'deactivated' | 'takendown' | 'deleted' }
  | {
      kind: 'article'
      site: string
      id: string
      title: string | null
      html: string
      author: string
      answers?: string
      stars?: number
      language: Language
    }
  | { kind: 'article-edited'; site: string; id: string; html: string }
  | { kind: 'article-deleted'; site: string; id: string }

export type PictureName = 'torn-backpack' | 'snapped-tent-pole' | 'router-lamp' | 'ridge-at-dawn' | 'wet-boots'

/** History: so many minutes before the story begins. */
export interface PastEvent {
  minutesAgo: number
  event: StoryEvent
}

/** Incidents and the endless story: so many seconds after the event before. */
export interface NextEvent {
  afterSeconds: number
  event: StoryEvent
}

/** A line of history as it is written down: day 0 counts hours and minutes back from now, other days tell the time. */
export type HistoryLine = [
  day: number,
  time: `${number}:${number}`,
  by: string,
  text: string,
  more?: { key?: string; re?: string; quotes?: string; picture?: PictureName; alt?: string; language?: Language },
]
