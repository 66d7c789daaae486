/** What the page asks of the server. Plain fetch: customers load nothing that staff need. */
import type { Answer, Refusal } from '../plain/answer.ts'

export type Way = 'mail-code' | 'phone-code' | 'reply-code' | 'site-link' | 'profile-link' | 'domain-handle' | 'sign-in'
export type Offer = 'mail' | 'phone' | 'site' | 'account' | 'sign-in'
export type Statement = 'consent' | 'cut' | 'access' | 'erasure'

export interface Described {
  brand: string
  open: boolean
  lead: string
  statements: Record<Statement, { id: string; text: string }>
  privacyNotice: string | null
  offered: Offer[]
  issuers: { issuerId: string; name: string }[]
  accounts: { network: string; handle: string }[]
}
export interface Connection {
  authorId: string
  network: string
  shown: string
  masked: boolean
  because: 'proved' | 'proved-earlier' | 'told' | 'confirmed' | 'imported' | 'supposed' | 'wrote'
  way: Way | null
  source: string | null
  by: 'you' | 'customer' | 'colleague' | 'import' | 'program'
  since: string
  shared: boolean
}
export interface Attempt {
  proofId: string
  way: Way
  network: string
  shown: string | null
  state: 'open' | 'expired' | 'proven' | 'before-staff' | 'refused' | 'given-up'
  sending: 'due' | 'sent' | 'failed' | null
  expiresAt: string
  place: string | null
}
export interface Invitation {
  asked: 'customer-number' | 'mail' | 'phone' | 'account'
  network: string
  account: string
  accountProven: boolean
  askedProven: boolean
  done: boolean
}
export interface PageState {
  known: boolean
  connections: Connection[]
  attempts: Attempt[]
  invitation: Invitation | null
  everything: {
    hindered: 'unproven' | 'joined-by-others' | null
    copy: { state: 'waiting' | 'running' | 'done' | 'failed'; expiresAt: string } | null
  } | null
  asked: { access: boolean; erasure: boolean }
}
export interface Agreed {
  statementId: string
  language: string
}

const TIMEOUT_MS = 30_000
const FILE_TIMEOUT_MS = 600_000
/** /p/SLUG/… */
export const slug = decodeURIComponent(location.pathname.split('/')[2] ?? '')

async function ask<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api/v1/portal${path}`, {
      method,
      // No other site can send this header with a customer's cookie.
      headers: { 'content-type': 'application/json', 'x-rapport-portal': slug },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = await response.json().catch(() => null)
    return response.ok ? { ok: true, value: answer as T } : refusal(response.status, answer)
  } catch {
    return { ok: false, code: 'unreachable', params: {} }
  }
}

function refusal(status: number, body: unknown): Refusal {
  const { data } = (body ?? {}) as { data?: { code?: string; params?: Refusal['params'] } }
  if (data?.code) return { ok: false, code: data.code, params: data.params ?? {} }
  return { ok: false, code: status >= 500 ? 'unreachable' : 'refused', params: {} }
}

/** A file, which the page keeps no longer than the press that asked for it. */
async function askFile(path: string): Promise<Answer<Blob>> {
  try {
    const response = await fetch(`/api/v1/portal${path}`, {
      headers: { 'x-rapport-portal': slug },
      signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
    })
    if (!response.ok) return refusal(response.status, await response.json().catch(() => null))
    return { ok: true, value: await response.blob() }
  } catch {
    return { ok: false, code: 'unreachable', params: {} }
  }
}

const post = <T>(path: string, body: object) => ask<T>('POST', path, body)
type Started = { proofId: string }

export const describe = (language: string) =>
  ask<Described>('GET', `?${new URLSearchParams({ workspace: slug, language })}`)
export const enter = (token: string | null) =>
  post<object>('/visits', token === null ? { workspace: slug } : { workspace: slug, token })
export const leave = () => post<object>('/visits/end', { workspace: slug })
export const readPage = () => ask<PageState>('GET', '/connections')
export const proveMail = (input: Agreed & { address: string }) => post<Started>('/proofs/mail', input)
export const provePhone = (input: Agreed & { number: string }) => post<Started>('/proofs/phone', input)
export const proveAccount = (input: Agreed & { network: string; handle: string }) =>
  post<Started & { code: string }>('/proofs/account', input)
export const proveSite = (input: Agreed & { address: string }) => post<Started>('/proofs/site', input)
export const proveProfile = (input: Agreed & { account: string }) => post<Started>('/proofs/profile', input)
export const proveDomainHandle = (input: Agreed & { handle: string }) => post<Started>('/proofs/domain-handle', input)
export const proveBySignIn = (input: Agreed & { issuerId: string }) =>
  post<Started & { address: string }>('/proofs/sign-in', { ...input, workspace: slug })
export const enterCode = (proofId: string, code: string) =>
  post<{ outcome: string }>(`/proofs/${proofId}/code`, { code })
export const look = (proofId: string) => post<{ outcome: string }>(`/proofs/${proofId}/look`, {})
export const signedIn = (answer: string) => post<{ outcome: string }>('/proofs/signed-in', { workspace: slug, answer })
export const giveUp = (proofId: string) => ask<object>('DELETE', `/proofs/${proofId}`)
export const cut = (authorId: string, agreed: Agreed) => post<object>(`/connections/${authorId}/cut`, agreed)
export const readCopy = () => ask<object>('GET', '/copy')
export const orderCopy = (language: string) => post<object>('/everything', { language })
export const takeCopy = () => askFile('/everything')
export const askAccess = (agreed: Agreed) => post<object>('/access', agreed)
export const askErasure = (agreed: Agreed) => post<object>('/erasure', agreed)
