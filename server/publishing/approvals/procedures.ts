import { publishing as contract } from '../../../contract/publishing.ts'
import type { RequestContext, WorkspaceContext } from '../../platform/procedures.ts'
import { implementer } from '../../platform/procedures.ts'
import { requireAtSource } from '../../platform/reach.ts'
import { attachedFiles } from '../attachments.ts'
import type { Answering } from './answering.ts'
import { type Looker, lockApproval, presentApproval } from './approval.ts'
import { askApproval, writerOf } from './asking.ts'
import { approve, decline, edit, withdraw } from './deciding.ts'
import { inviteGuest, revokeGuest } from './guest-links.ts'
import { asGuest, decideAsGuest, readAsGuest } from './guests.ts'
import { approvalsOfConversation, countWaiting, listApprovals, openApproval } from './listing.ts'
import { addRemark } from './remarks.ts'
import { readStandIn, setStandIn } from './stand-ins.ts'

const { approvals } = implementer<WorkspaceContext>()({ approvals: contract.approvals })
const { approvals: open } = implementer<RequestContext>()({ approvals: contract.approvals })

const looking = ({ actor, mayAt }: WorkspaceContext['me']): Looker => ({ id: actor.id, mayAt })

export const approvalProcedures = (answering: Answering) => ({
  list: approvals.list.handler(({ input, context: { tx, me } }) => listApprovals(tx, input, looking(me))),
  count: approvals.count.handler(async ({ context: { tx, me } }) => ({ waiting: await countWaiting(tx, looking(me)) })),
  ofConversation: approvals.ofConversation.handler(async ({ input, context: { tx, me } }) => ({
    items: await approvalsOfConversation(tx, input.conversationId, looking(me)),
  })),
  get: approvals.get.handler(({ input, context: { tx, me } }) => openApproval(tx, input.approvalId, looking(me))),
  submit: approvals.submit.handler(async ({ input, context: { tx, services, me } }) => {
    const { sourceId, text, language, note, askedMemberId } = input
    const attachments = await attachedFiles(tx, input.attachmentIds)
    const approvalId = await askApproval(services, tx, {
      delivery: { sourceId, replyToPostId: null, text, language, attachments, undoSeconds: 0 },
      written: text.trim(),
      conversations: [],
      closes: false,
      note,
      askedMemberId,
    })
    return presentApproval(tx, approvalId, looking(me))
  }),
  approve: approvals.approve.handler(async ({ input, context: { tx, services, me } }) => {
    await approve(services, tx, answering, input, looking(me))
    return presentApproval(tx, input.approvalId, looking(me))
  }),
  decline: approvals.decline.handler(async ({ input, context: { tx, me } }) => {
    await decline(tx, answering, input)
    return presentApproval(tx, input.approvalId, looking(me))
  }),
  edit: approvals.edit.handler(async ({ input, context: { tx, services, me } }) =>
    presentApproval(tx, await edit(services, tx, answering, input), looking(me)),
  ),
  withdraw: approvals.withdraw.handler(async ({ input, context: { tx, me } }) => {
    await withdraw(tx, answering, input.approvalId)
    return presentApproval(tx, input.approvalId, looking(me))
  }),
  remark: approvals.remark.handler(async ({ input, context: { tx } }) => {
    const { source_id } = await lockApproval(tx, input.approvalId)
    requireAtSource(tx, source_id)
    await addRemark(tx, input.approvalId, input.text, writerOf(tx))
    tx.record({ type: 'approval.remarked', subjects: { approvalId: input.approvalId, sourceId: source_id } })
    return {}
  }),
  inviteGuest: approvals.inviteGuest.handler(({ input, context: { tx, services } }) =>
    inviteGuest(services, tx, input),
  ),
  revokeGuest: approvals.revokeGuest.handler(async ({ input, context: { tx, services } }) => {
    await revokeGuest(tx, input.guestId, services.clock.now())
    return {}
  }),
  standIn: approvals.standIn.handler(async ({ context: { tx, services } }) => ({
    standIn: await readStandIn(tx, services.clock.now()),
  })),
  setStandIn: approvals.setStandIn.handler(async ({ input, context: { tx, services } }) => {
    await setStandIn(tx, input.standIn, services.clock.now())
    return {}
  }),
  guestRead: open.guestRead.handler(({ input: { token }, context: { services, clientAddress } }) =>
    asGuest(services, { token, clientAddress }, (tx, guest) => readAsGuest(services, tx, guest)),
  ),
  guestDecide: open.guestDecide.handler(({ input: { token, ...decision }, context: { services, clientAddress } }) =>
    asGuest(services, { token, clientAddress }, (tx, guest) => decideAsGuest(services, tx, answering, guest, decision)),
  ),
})
