import { readMailSettings, readWorkspace } from '../accounts/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { servicesOf } from '../platform/fence.ts'
import { sendMail } from '../platform/mail.ts'
import { fetchOutside, outboundUserAgent } from '../platform/outbound.ts'
import type { Services } from '../platform/services.ts'
import { codeMail, codeMessage } from './code-texts.ts'
import { sentCode } from './codes.ts'
import { filledBody, type Gateway, readGatewaySecret, readSettings } from './settings.ts'

const GATEWAY_TIMEOUT_MS = 15_000
const GATEWAY_ANSWER_BYTES_MAX = 64_000

export const SEND_CODE = 'proofs.send-code'

/**
 * Sends the code of a proof, outside of any transaction and of the request that asked for it: how long it takes says
 * nothing to who waits. Run twice it sends the same code again.
 */
export async function sendCode(everybodys: Services, { workspaceId = '', proofId = '' }: Record<string, string>) {
  const services = await servicesOf(everybodys, workspaceId)
  const due = await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const proof = await tx.sql
      .selectFrom('proof')
      .select(['way', 'network_id', 'language', 'expires_at'])
      .where('workspace_id', '=', workspaceId)
      .where('proof_id', '=', proofId)
      .where('state', '=', 'open')
      .where('sending', '=', 'due')
      .executeTakeFirst()
    if (!proof?.network_id || proof.expires_at <= services.clock.now()) return null
    const gateway = proof.way === 'phone-code' ? ((await readSettings(tx))?.gateway ?? null) : null
    const secret = gateway ? await readGatewaySecret(services, tx) : ''
    return { proof, to: proof.network_id, gateway, secret, brand: (await readWorkspace(tx)).brand }
  })
  if (!due) return
  const { proof, to, gateway, secret, brand } = due
  const code = sentCode(services, workspaceId, proofId)
  const failure =
    proof.way === 'phone-code'
      ? await sendMessage(services, gateway, secret, to, codeMessage(proof.language, brand, code))
      : await mailCode(services, to, codeMail(proof.language, brand, code))
  if (failure?.temporary) throw new Error(`a code could not be sent: ${failure.name}`)
  if (failure) services.log.warn({ failure: failure.name }, 'a code could not be sent')
  await noteSent(services, workspaceId, proofId, failure ? 'failed' : 'sent')
}

interface SendFailure {
  name: string
  temporary: boolean
}

async function mailCode(
  services: Services,
  to: string,
  mail: { subject: string; text: string },
): Promise<SendFailure | null> {
  const settings = await readMailSettings(services)
  if (!settings) return { name: 'no-mail-server', temporary: false }
  const outcome = await sendMail(settings, { to, ...mail })
  return outcome.ok ? null : outcome.failure
}

async function sendMessage(
  services: Services,
  gateway: Gateway | null,
  secret: string,
  to: string,
  text: string,
): Promise<SendFailure | null> {
  if (!gateway) return { name: 'no-gateway', temporary: false }
  const answer = await fetchOutside(gateway.address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(gateway.header ? { [gateway.header]: secret } : {}) },
    body: filledBody(gateway.body, to, text),
    timeoutMs: GATEWAY_TIMEOUT_MS,
    bytesMax: GATEWAY_ANSWER_BYTES_MAX,
    // The secret belongs to this address and no other.
    redirectsMax: 0,
    userAgent: outboundUserAgent(services.config.publicUrl),
    allowPrivate: services.config.allowPrivate,
  })
  if (!answer.ok) return { name: answer.failure.name, temporary: answer.failure.name === 'unreachable' }
  const { status } = answer.value
  return status >= 200 && status < 300 ? null : { name: `status-${status}`, temporary: status === 429 || status >= 500 }
}

async function noteSent(
  services: Services,
  workspaceId: string,
  proofId: string,
  sending: 'sent' | 'failed',
): Promise<void> {
  await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    tx.sql
      .updateTable('proof')
      .set({ sending })
      .where('workspace_id', '=', workspaceId)
      .where('proof_id', '=', proofId)
      .execute(),
  )
}
