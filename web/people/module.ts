import { IconUser, IconUsers } from '@tabler/icons-react'
import type { Api } from '../platform/api.ts'
import { i18n } from '../platform/i18n.ts'
import type { WebModule } from '../platform/module.ts'

const FOUND_MAX = 6
const TEXT_MAX = 100
type Go = { go(path: string): void }

/** By anything somebody is known by; what was found says by what, where it is not the name. */
async function findPersons(text: string, api: Api, signal: AbortSignal) {
  const { persons } = await api.people.search.call({ text: text.slice(0, TEXT_MAX), limit: FOUND_MAX }, { signal })
  return persons.map(({ personId, name, authors, found }) => ({
    id: `person-${personId}`,
    label: name,
    hint:
      found.value === name ? authors.map(({ handle, name: called }) => handle ?? called ?? '').join(', ') : found.value,
    icon: IconUser,
    run: ({ go }: Go) => go(`people/persons/${personId}`),
  }))
}

async function findAuthors(search: string, api: Api, signal: AbortSignal) {
  const { items } = await api.people.authors.list.call({ search, limit: FOUND_MAX }, { signal })
  return items.map(({ authorId, name, handle, network }) => ({
    id: `author-${authorId}`,
    label: name ?? handle ?? authorId,
    hint: [handle && `@${handle}`, i18n.t(`listening:network.${network}`, { defaultValue: network })]
      .filter(Boolean)
      .join(' · '),
    icon: IconUser,
    run: ({ go }: Go) => go(`people/authors/${authorId}`),
  }))
}

/** Who somebody is says which posts and which conversations are theirs. */
const graphKeys = (_event: unknown, api: Api) => [
  api.people.key(),
  api.listening.timelines.key(),
  api.inbox.persons.key(),
]

export const people: WebModule = {
  name: 'people',
  rail: [{ id: 'people', label: 'people:rail', icon: IconUsers, path: 'people', permission: 'people.read' }],
  finders: [
    { id: 'persons', label: 'people:persons', permission: 'people.read', find: findPersons },
    { id: 'authors', label: 'people:authors', permission: 'people.read', find: findAuthors },
  ],
  live: {
    'conversation.': (_event, api) => storyKeys(api),
    'answer.': (_event, api) => storyKeys(api),
    'person.': graphKeys,
    'persons.': graphKeys,
    'identity.': graphKeys,
    'operation.': graphKeys,
    'segment.': (_event, api) => [api.people.segments.key(), api.people.profile.key()],
    'formula.': (_event, api) => [api.people.scores.key()],
    'objection.': (_event, api) => [api.people.profile.key(), api.people.scores.key()],
    'suggestion.': (_event, api) => [api.people.suggestions.key()],
    'link.': graphKeys,
    'authors.': (_event, api) => [api.people.authors.get.key()],
    'author.': (_event, api) => [api.people.authors.get.key(), api.people.persons.get.key()],
  },
}

/** The pages of people, not what the inbox shows beside a conversation: that holds posts only, and would ask in a storm. */
const storyKeys = (api: Api) => [
  api.listening.timelines.ofAuthor.key({ type: 'infinite' }),
  api.listening.timelines.ofPerson.key({ type: 'infinite' }),
]
