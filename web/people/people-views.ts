import type { Permission } from '../../contract/permissions.ts'

/**
 * The tabs of people, in their order; every place of people has them in its header (people-place.tsx). Their names are among
 * the first texts, because the list of people is a first screen.
 */
export const PEOPLE_TABS = [
  {
    id: 'persons',
    label: 'people:persons',
    to: '/w/$slug/people',
    search: { view: 'persons' as const },
    permission: 'people.read',
  },
  {
    id: 'authors',
    label: 'people:authors',
    to: '/w/$slug/people',
    search: { view: 'authors' as const },
    permission: 'people.read',
  },
  {
    id: 'suggestions',
    label: 'people:tab.suggestions',
    to: '/w/$slug/people/suggestions',
    search: {},
    permission: 'people.read',
  },
  {
    id: 'proofs',
    label: 'people:tab.proofs',
    to: '/w/$slug/people/proofs',
    search: {},
    permission: 'people.read',
  },
  {
    id: 'segments',
    label: 'people:tab.segments',
    to: '/w/$slug/people/segments',
    search: {},
    permission: 'people.read',
  },
  {
    id: 'organisations',
    label: 'people:tab.organisations',
    to: '/w/$slug/people/organisations',
    search: {},
    permission: 'people.read',
  },
  {
    id: 'contacts',
    label: 'people:tab.contacts',
    to: '/w/$slug/people/contacts',
    search: {},
    permission: 'imports.run',
  },
  { id: 'scores', label: 'people:tab.scores', to: '/w/$slug/people/scores', search: {}, permission: 'people.read' },
] as const satisfies { id: string; label: string; to: string; search: object; permission: Permission }[]

export type PeopleTab = (typeof PEOPLE_TABS)[number]['id']
