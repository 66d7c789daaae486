import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { SCORES } from './people-scores.ts'
import { actorSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const NOTE_CHARACTERS_MAX = 5_000
export const TAG_CHARACTERS_MAX = 40
export const TAGS_OF_PERSON_MAX = 50

const noteText = z.string().trim().min(1, 'a note needs words').max(NOTE_CHARACTERS_MAX)
const tag = z.string().trim().min(1).max(TAG_CHARACTERS_MAX)

const noteSchema = z.object({
  noteId: id.nullable().describe('Null: written before notes had a date of their own'),
  personId: id.describe('On whom it was written; perhaps merged into somebody else since'),
  text: z.string(),
  writtenAt: z.date(),
  writtenBy: actorSchema,
  editedAt: z.date().nullable(),
})

const personPath = z.object({ personId: id })
const notePath = z.object({ noteId: id })

export const profile = {
  get: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/profile',
    summary: 'What is known of a person at a glance: scores, tags, segments, notes, networks, since when',
    input: personPath,
    output: personBriefSchema.extend({
      knownSince: z.date(),
      networks: z.array(z.string()),
      profiled: z.boolean().describe('False: objected to being scored and put into segments'),
      scores: z
        .array(z.object({ score: z.enum(SCORES), points: z.number() }))
        .describe('Empty: not made yet, or objected'),
      tags: z.array(z.string()),
      segments: z.array(z.object({ segmentId: id, name: z.string() })),
      notes: z.array(noteSchema).describe('Newest first, at most 200'),
    }),
  }),
  tag: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/tags',
    summary: 'Puts words on a person, or takes them off',
    input: personPath.extend({
      add: z.array(tag).max(TAGS_OF_PERSON_MAX).default([]),
      remove: z.array(tag).max(TAGS_OF_PERSON_MAX).default([]),
    }),
    output: nothing,
  }),
  addNote: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/notes',
    summary: 'Writes a note about a person, which the person may ask to read',
    input: personPath.extend({ text: noteText }),
    output: notePath,
  }),
  editNote: procedure({
    allow: 'people.link',
    method: 'PATCH',
    path: '/person-notes/{noteId}',
    summary: 'Changes a note',
    input: notePath.extend({ text: noteText }),
    output: nothing,
  }),
  removeNote: procedure({
    allow: 'people.link',
    method: 'DELETE',
    path: '/person-notes/{noteId}',
    summary: 'Deletes a note',
    input: notePath,
    output: nothing,
  }),
}
