import { answers, drafts } from './inbox-answers.ts'
import { clocks } from './inbox-clocks.ts'
import { conversations } from './inbox-conversations.ts'
import { handovers } from './inbox-handover.ts'
import { leases } from './inbox-leases.ts'
import { moderation } from './inbox-moderation.ts'
import { notes } from './inbox-notes.ts'
import { persons } from './inbox-persons.ts'
import { provocation } from './inbox-provocation.ts'
import { routing } from './inbox-routing.ts'
import { macros, tags, views } from './inbox-setup.ts'
import { suggested } from './inbox-suggested.ts'

/**
 * Pictures and films of stored posts come through us, never from the network itself (routes, permission posts.read):
 *   GET /media/posts/{postId}/{index}            the medium at that place of post.media
 *   GET /media/posts/{postId}/{index}/preview    its preview image
 *   GET /media/posts/{postId}/{index}/attached   a picture that is attached to a letter; needs inbox.read
 *   GET /media/posts/{postId}/{index}/file       anything attached to a letter, to be saved; needs inbox.read
 *   GET /media/authors/{authorId}                the picture of an account
 * With ?workspace= where no header can be sent (an <img>). Each answers 404 where there is nothing to show (not an image or film, too large, gone).
 */
export const inbox = {
  conversations,
  leases,
  drafts,
  answers,
  notes,
  tags,
  macros,
  views,
  persons,
  handovers,
  moderation,
  provocation,
  suggested,
  clocks,
  routing,
}
