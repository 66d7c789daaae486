import { z } from 'zod'
import { conversationPath } from './inbox-threads.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

const NOTE_CHARACTERS_MAX = 5_000

export const notes = {
  add: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/notes',
    summary: 'A note for colleagues; who is mentioned is told.',
    input: conversationPath.extend({
      text: z.string().trim().min(1).max(NOTE_CHARACTERS_MAX),
      mentions: z.array(id).max(20).default([]).describe('Members'),
    }),
    output: z.object({ noteId: id }),
  }),
  edit: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'PATCH',
    path: '/notes/{noteId}',
    summary: 'Changes a note of one’s own.',
    input: z.object({ noteId: id, text: z.string().trim().min(1).max(NOTE_CHARACTERS_MAX) }),
    output: z.object({ noteId: id }),
  }),
  remove: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'DELETE',
    path: '/notes/{noteId}',
    summary: 'Removes a note of one’s own.',
    input: z.object({ noteId: id }),
    output: z.object({ noteId: id }),
  }),
}
