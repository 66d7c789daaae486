import { people as contract } from '../../../contract/people.ts'
import type { SegmentRule } from '../../../contract/people-segments.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { listVersions, readFormulas, saveFormula } from '../scores/formulas.ts'
import { explainScores, previewScore, scoresDue } from '../scores/scores.ts'
import { searchPeople } from '../search/search.ts'
import { countRules } from '../segments/counting.ts'
import { personsOfRule, presentMembers } from '../segments/members.ts'
import { createSegment, readSegments, removeSegment, requireSegment, updateSegment } from '../segments/segments.ts'
import { wordsOfPersons } from '../segments/words.ts'
import { addNote, editNote, removeNote } from './notes.ts'
import { readProfile } from './profile.ts'
import { tagPerson } from './tags.ts'

const PREVIEW_PERSONS = 10

const { search, profile, scores, segments } = implementer<WorkspaceContext>()({
  search: contract.search,
  profile: contract.profile,
  scores: contract.scores,
  segments: contract.segments,
})

/** The page of a person, the search for persons, their scores and segments. */
export const profileProcedures = {
  search: search.handler(async ({ input, context: { tx, me } }) => {
    const found = await searchPeople(tx, input)
    // An account that is found by its handle would say whose pseudonym it is.
    return (await me.veil?.isDrawn(tx)) ? { ...found, accounts: [] } : found
  }),
  profile: {
    get: profile.get.handler(({ input, context: { tx, services } }) =>
      readProfile(tx, input.personId, services.clock.now()),
    ),
    tag: profile.tag.handler(async ({ input: { personId, ...change }, context: { tx, services } }) => {
      await tagPerson(tx, personId, change, services.clock.now())
      return {}
    }),
    addNote: profile.addNote.handler(async ({ input: { personId, text }, context: { tx, services } }) => ({
      noteId: await addNote(tx, personId, text, services.clock.now()),
    })),
    editNote: profile.editNote.handler(async ({ input: { noteId, text }, context: { tx, services } }) => {
      await editNote(tx, noteId, text, services.clock.now())
      return {}
    }),
    removeNote: profile.removeNote.handler(async ({ input: { noteId }, context: { tx } }) => {
      await removeNote(tx, noteId)
      return {}
    }),
  },
  scores: {
    formulas: scores.formulas.handler(async ({ context: { tx } }) => {
      const { of, newest } = await readFormulas(tx)
      return { items: Object.values(of), due: await scoresDue(tx, newest) }
    }),
    versions: scores.versions.handler(async ({ input, context: { tx } }) => ({
      items: await listVersions(tx, input.score),
    })),
    preview: scores.preview.handler(async ({ input, context: { tx } }) => ({ items: await previewScore(tx, input) })),
    save: scores.save.handler(async ({ input, context: { tx, services } }) => ({
      version: await saveFormula(tx, input, services.clock.now()),
    })),
    reset: scores.reset.handler(async ({ input, context: { tx, services } }) => {
      await saveFormula(tx, { ...input, terms: null }, services.clock.now())
      return {}
    }),
    ofPerson: scores.ofPerson.handler(({ input, context: { tx } }) => explainScores(tx, input.personId)),
  },
  segments: {
    list: segments.list.handler(async ({ input: { counts: counting = true }, context: { tx, services } }) => {
      const saved = await readSegments(tx)
      if (!counting) return { items: saved.map((segment) => ({ ...segment, count: null })), all: null }
      const rules = saved.map(({ rule }) => rule)
      const { all, counts } = await countRules(tx, rules, services.clock.now())
      return { items: saved.map((segment, at) => ({ ...segment, count: counts[at] ?? null })), all }
    }),
    words: segments.words.handler(({ context: { tx } }) => wordsOfPersons(tx)),
    preview: segments.preview.handler(async ({ input: { rule }, context: { tx, services } }) => {
      const now = services.clock.now()
      const { counts } = await countRules(tx, [rule], now)
      const { items } = await personsOfRule(tx, rule, { limit: PREVIEW_PERSONS }, now)
      return { count: counts[0] ?? { persons: 0, estimated: false }, persons: await presentMembers(tx, items) }
    }),
    persons: segments.persons.handler(async ({ input: { segmentId, ...page }, context: { tx, services } }) => {
      const { rule }: { rule: SegmentRule } = await requireSegment(tx, segmentId)
      const { items, nextCursor } = await personsOfRule(tx, rule, page, services.clock.now())
      return { items: await presentMembers(tx, items), nextCursor }
    }),
    create: segments.create.handler(async ({ input, context: { tx, services } }) => ({
      segmentId: await createSegment(tx, input, services.clock.now()),
    })),
    update: segments.update.handler(async ({ input: { segmentId, ...change }, context: { tx, services } }) => {
      await updateSegment(tx, segmentId, change, services.clock.now())
      return {}
    }),
    remove: segments.remove.handler(async ({ input, context: { tx } }) => {
      await removeSegment(tx, input.segmentId)
      return {}
    }),
  },
}
