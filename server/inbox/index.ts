import { inbox as contract } from '../../contract/inbox.ts'
import { listWorkspaceIds } from '../accounts/index.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { type Freeze, presentApproval, presentDelivery } from '../publishing/index.ts'
import { sendAnswer, submitAnswer } from './answering.ts'
import { attachedRoutes } from './attached-routes.ts'
import { changeConversations } from './changing.ts'
import type { CrisesOf } from './clocks/facts.ts'
import { CLOCK, REMINDER } from './clocks/notification-kinds.ts'
import { clockProcedures } from './clocks/procedures.ts'
import { runClocks } from './clocks/watching.ts'
import { openFor } from './continuation.ts'
import { requireConversation } from './conversation.ts'
import { discardDraft, forgetUnusedAttachments, saveDraft } from './drafts.ts'
import { eventPermissions } from './event-permissions.ts'
import { refuseHandles } from './filters.ts'
import { endHandover, prepareHandover, readHandovers } from './handover/handovers.ts'
import { countKeptOut } from './kept-out.ts'
import { claimLease, releaseLease, renewLease, takeOverLease } from './leases.ts'
import { countConversations, listConversations } from './list.ts'
import { applyMacro, listMacros, removeMacro, saveMacro } from './macros.ts'
import { trimMediaCache } from './media-cache.ts'
import { mediaRoutes } from './media-routes.ts'
import { runModeration } from './moderation/carrying-out.ts'
import { moderationProcedures } from './moderation/procedures.ts'
import { readNews } from './news.ts'
import { addNote, editNote, removeNote } from './notes.ts'
import { conversationSubject, inboxKinds } from './notification-kinds.ts'
import { contactsOf } from './person-contacts.ts'
import { inboxData } from './personal-data.ts'
import { provocationOf } from './provocation/provocation.ts'
import { openConversation } from './reading.ts'
import { inboxRetention } from './retention-kinds.ts'
import type { RuleReach } from './routing/deeds.ts'
import { routingProcedures } from './routing/procedures.ts'
import { runSnoozes } from './snoozes.ts'
import { suggestedProcedures } from './suggested/procedures.ts'
import { listTags, removeTag, saveTag } from './tags.ts'
import { readThread, threadPage } from './thread.ts'
import { listUndelivered } from './undelivered.ts'
import { listViews, removeView, saveView } from './views.ts'

export { answering } from './approved.ts'
export { inboxStrands } from './author-timeline.ts'
export { changeConversations } from './changing.ts'
export type { CrisisSpan } from './clocks/clock-events.ts'
export type { CrisesOf } from './clocks/facts.ts'
export { clockSubscription } from './clocks/watching.ts'
export { conversationOfPost } from './conversation-of-post.ts'
export { inboxChecks, inboxFigures } from './desk-counts.ts'
export { answerGuard } from './guard.ts'
export { presentConversations } from './items.ts'
export { openEvents } from './open-events.ts'
export { openConversationsFact } from './person-conversations.ts'
export { conversationFigures } from './person-figures.ts'
export { deliveriesSubscription, postsSubscription } from './reactions.ts'
export type { CrisisProposal, RuleReach } from './routing/deeds.ts'
export { routingSubscription } from './routing/subscription.ts'
export { settledConversations } from './settled.ts'
export { rememberingSubscription } from './suggested/remembering.ts'
export { correctionsSubscription } from './unanswered/corrections.ts'
export { type OpenQueue, whichQueues } from './which-lists.ts'

const { conversations, leases, drafts, answers, notes, tags, macros, views, persons, provocation, handovers } =
  implementer<WorkspaceContext>()(contract)

const router = {
  conversations: {
    list: conversations.list.handler(async ({ input, context: { tx, me } }) => {
      await refuseHandles(me.veil, tx, [input])
      return listConversations(tx, input)
    }),
    count: conversations.count.handler(async ({ input, context: { tx, me } }) => {
      await refuseHandles(me.veil, tx, input.filters)
      return { counts: await countConversations(tx, input.filters) }
    }),
    keptOut: conversations.keptOut.handler(({ context: { tx, services } }) => countKeptOut(tx, services.clock.now())),
    get: conversations.get.handler(({ input, context: { tx, services } }) =>
      openConversation(services, tx, input.conversationId),
    ),
    thread: conversations.thread.handler(async ({ input: { conversationId, ...page }, context: { tx } }) => {
      const { thread_id } = await requireConversation(tx, conversationId)
      return threadPage(tx, await readThread(tx, thread_id), conversationId, page)
    }),
    news: conversations.news.handler(({ input, context: { tx } }) =>
      readNews(tx, input.conversationId, input.sinceVersion),
    ),
    open: conversations.open.handler(async ({ input, context: { tx, services } }) => {
      const opened = await openFor(services, tx, input.postId)
      if (!opened) throw new NotFound('post-unknown')
      return opened
    }),
    change: conversations.change.handler(({ input, context: { tx, me, services } }) =>
      changeConversations(tx, input.which, input.change, {
        now: services.clock.now(),
        mayManage: me.mayAt('inbox.manage', null),
      }),
    ),
  },
  leases: {
    claim: leases.claim.handler(({ input, context: { tx } }) => claimLease(tx, input.conversationId)),
    renew: leases.renew.handler(({ input, context: { tx } }) => renewLease(tx, input.conversationId)),
    release: leases.release.handler(async ({ input, context: { tx } }) => ({
      released: await releaseLease(tx, input.conversationId),
    })),
    takeOver: leases.takeOver.handler(({ input, context: { tx } }) =>
      takeOverLease(tx, input.conversationId, input.reason),
    ),
  },
  drafts: {
    save: drafts.save.handler(({ input, context: { tx, services } }) => saveDraft(tx, input, services.clock.now())),
    discard: drafts.discard.handler(async ({ input, context: { tx } }) => ({
      discarded: await discardDraft(tx, input.conversationId),
    })),
  },
  notes: {
    add: notes.add.handler(async ({ input, context: { tx } }) => ({ noteId: await addNote(tx, input) })),
    edit: notes.edit.handler(async ({ input: { noteId, text }, context: { tx, services } }) => {
      await editNote(tx, noteId, text, services.clock.now())
      return { noteId }
    }),
    remove: notes.remove.handler(async ({ input: { noteId }, context: { tx, services } }) => {
      await removeNote(tx, noteId, services.clock.now())
      return { noteId }
    }),
  },
  tags: {
    list: tags.list.handler(async ({ context: { tx } }) => ({ items: await listTags(tx) })),
    create: tags.create.handler(({ input, context: { tx } }) => saveTag(tx, null, input)),
    update: tags.update.handler(({ input: { tagId, ...tag }, context: { tx } }) => saveTag(tx, tagId, tag)),
    remove: tags.remove.handler(async ({ input, context: { tx } }) => {
      await removeTag(tx, input.tagId)
      return {}
    }),
  },
  macros: {
    list: macros.list.handler(async ({ context: { tx } }) => ({ items: await listMacros(tx) })),
    create: macros.create.handler(({ input, context: { tx } }) => saveMacro(tx, null, input)),
    update: macros.update.handler(({ input: { macroId, ...macro }, context: { tx } }) => saveMacro(tx, macroId, macro)),
    remove: macros.remove.handler(async ({ input, context: { tx } }) => {
      await removeMacro(tx, input.macroId)
      return {}
    }),
  },
  views: {
    list: views.list.handler(async ({ context: { tx } }) => ({ items: await listViews(tx) })),
    create: views.create.handler(({ input, context: { tx, me } }) =>
      saveView(tx, null, input, me.permissions.has('inbox.manage')),
    ),
    update: views.update.handler(({ input: { savedViewId, ...view }, context: { tx, me } }) =>
      saveView(tx, savedViewId, view, me.permissions.has('inbox.manage')),
    ),
    remove: views.remove.handler(async ({ input, context: { tx, me } }) => {
      await removeView(tx, input.savedViewId, me.permissions.has('inbox.manage'))
      return {}
    }),
  },
  moderation: moderationProcedures,
  provocation: {
    of: provocation.of.handler(({ input, context: { tx, services } }) =>
      provocationOf(tx, input.conversationId, services.clock.now()),
    ),
  },
  suggested: suggestedProcedures,
  handovers: {
    get: handovers.get.handler(({ input, context: { tx, services } }) =>
      readHandovers(services, tx, input.conversationId),
    ),
    prepare: handovers.prepare.handler(({ input, context: { tx, services } }) => prepareHandover(services, tx, input)),
    end: handovers.end.handler(async ({ input, context: { tx, services } }) => {
      await endHandover(services, tx, input.handoverId)
      return {}
    }),
  },
  persons: {
    contacts: persons.contacts.handler(({ input, context: { tx, services } }) =>
      contactsOf(tx, input.personId, services.clock.now()),
    ),
  },
}

/** Told from below. */
interface Below {
  /** Crises that conversations are in: their clocks may stand. */
  crisesOf: CrisesOf
  /** What a crisis holds back. */
  freeze: Pick<Freeze, 'macro'>
  /** What rules set off and ask for. */
  routing: RuleReach
}

const idsOf = (conversations: readonly { conversationId: string }[]): string[] =>
  conversations.map(({ conversationId }) => conversationId)

/** A macro that a crisis holds back is not applied, and its text, taken before, does not go out. */
async function refuseFrozen(
  freeze: Below['freeze'],
  tx: WorkspaceContext['tx'],
  macroId: string | undefined,
  conversationIds: readonly string[],
): Promise<void> {
  for (const conversationId of macroId ? conversationIds : []) {
    const frozen = await freeze.macro(tx, macroId as string, conversationId)
    if (frozen) throw new Conflict('frozen', { crisisId: frozen.crisisId, crisis: frozen.name })
  }
}

export const inbox = ({ crisesOf, freeze, routing }: Below): Module => ({
  name: 'inbox',
  personalData: inboxData,
  configuration: [
    'tag',
    'macro',
    'saved_view',
    'calendar',
    'calendar_version',
    'clock_policy',
    'clock_policy_version',
    'routing_version',
    'moderation_policy',
  ],
  retention: inboxRetention,
  router: {
    ...router,
    routing: routingProcedures(routing),
    clocks: clockProcedures(crisesOf),
    answers: {
      send: answers.send.handler(async ({ input, context: { tx, services } }) => {
        await refuseFrozen(freeze, tx, input.macroId, idsOf(input.conversations))
        const sent = await sendAnswer(services, tx, input)
        return { delivery: await presentDelivery(tx, sent.deliveryId), conversations: sent.conversations }
      }),
      submit: answers.submit.handler(async ({ input, context: { tx, services, me } }) => {
        await refuseFrozen(freeze, tx, input.macroId, idsOf(input.conversations))
        const approvalId = await submitAnswer(services, tx, { ...input, undoSeconds: 0 })
        return presentApproval(tx, approvalId, { id: me.actor.id, mayAt: me.mayAt })
      }),
      undelivered: answers.undelivered.handler(async ({ context: { tx } }) => ({ items: await listUndelivered(tx) })),
    },
    macros: {
      ...router.macros,
      apply: macros.apply.handler(async ({ input, context: { tx, services } }) => {
        await refuseFrozen(freeze, tx, input.macroId, [input.conversationId])
        return applyMacro(tx, input, services.clock.now())
      }),
    },
  },
  routes: (app, services) => {
    mediaRoutes(app, services)
    attachedRoutes(app, services)
  },
  loops: [
    { name: 'snoozes', run: runSnoozes },
    { name: 'moderation', run: runModeration },
    { name: 'clocks', run: runClocks(crisesOf) },
  ],
  notifications: { kinds: [...inboxKinds, CLOCK, REMINDER], subjects: [conversationSubject] },
  tasks: {
    'inbox.trim-media-cache': async (services) => {
      await trimMediaCache(services)
    },
    'inbox.forget-attachments': async (services) => forgetUnusedAttachments(services, await listWorkspaceIds(services)),
  },
  eventPermissions,
})
