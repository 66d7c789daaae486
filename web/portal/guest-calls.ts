/** What the guest's page asks of the server, with the link's secret and nothing else. */
import type { Answer } from '../plain/answer.ts'

export interface ForGuest {
  guest: string
  brand: string
  account: string
  network: string
  state: 'open' | 'approved' | 'declined' | 'ended'
  text: string
  language: string | null
  pictures: { index: number; alt: string }[]
  answers: { text: string; author: string | null; language: string | null } | null
  expiresAt: string
  version: string
}

const TIMEOUT_MS = 30_000

async function ask(path: string, body: object): Promise<Answer<ForGuest>> {
  try {
    const response = await fetch(`/api/v1/guest/approval${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = await response.json().catch(() => null)
    if (response.ok) return { ok: true, value: answer as ForGuest }
    const data = (answer as { data?: { code?: string; params?: Record<string, string | number> } } | null)?.data
    return { ok: false, code: data?.code ?? 'refused', params: data?.params ?? {} }
  } catch {
    return { ok: false, code: 'unreachable', params: {} }
  }
}

export const readAsGuest = (token: string) => ask('', { token })
export const decideAsGuest = (input: {
  token: string
  version: string
  decision: 'approve' | 'decline'
  remark: string
}) => ask('/decision', input)

export async function guestPicture(token: string, index: number): Promise<Blob | null> {
  const response = await fetch(`/files/guest-pictures/${index}`, {
    headers: { 'x-rapport-guest': token },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null)
  return response?.ok ? response.blob() : null
}
