export { brandAccounts, type PublicAccount, publicCast } from './cast.ts'
export { endlessStory } from './endless.ts'
export { type Incident, incidents } from './incidents.ts'
export { pastEvents } from './past.ts'
export { type KnownPerson, knownPeople } from './people.ts'
export { PICTURE_SIZE, paint } from './pictures.ts'
export { type Site, sites } from './sites.ts'
export {
  STORM_LANGUAGES,
  STORM_SCRIPTS,
  type StormInput,
  type StormPart,
  stormOf,
} from './storms/storm.ts'
export type { Language, NextEvent, PastEvent, PictureName, StoryEvent } from './story.ts'
export { type Member, members, type Role } from './team.ts'
export { type WorkspaceSeed, workspaceSeeds } from './workspaces.ts'
