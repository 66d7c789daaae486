import { ORPCError } from '@orpc/client'
import { i18n, modulesWithTexts } from './i18n.ts'

/** What went wrong, as a word to translate (`errors.<code>` in some module's texts) and what fills its text. */
export interface Failure {
  code: string
  params: Record<string, string | number | boolean | null>
  /** HTTP status; 0: the server was not reached. */
  status: number
}

/** Makes a failure of whatever was thrown. Never throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const data = error.data as { code?: string; params?: Failure['params'] } | undefined
    if (data?.code) return { code: data.code, params: data.params ?? {}, status: error.status }
    return { code: codeOfStatus(error.status), params: {}, status: error.status }
  }
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { code: 'took-too-long', params: {}, status: 0 }
  // fetch() says "no network" only by throwing a TypeError.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return { code: 'unreachable', params: {}, status: 0 }
  return { code: 'unexpected', params: {}, status: -1 }
}

function codeOfStatus(status: number): string {
  if (status === 400) return 'input-refused'
  if (status === 401) return 'sign-in-first'
  if (status === 403) return 'permission-missing'
  if (status === 404) return 'not-found'
  if (status === 413) return 'too-large'
  if (status === 429) return 'too-many'
  if (status === 502 || status === 503 || status === 504) return 'unreachable'
  return 'internal'
}

/** Worth trying again without asking anyone: the server was not reached or was not ready. */
export const isPassing = (error: unknown): boolean => [0, 502, 503, 504].includes(failureOf(error).status)

/** Asking again changes nothing about these: it may not be seen, or is not there. */
export const isSettled = ({ status }: Failure): boolean => status === 403 || status === 404

/** What happened and what to do, in the reader's language. Each module brings the texts of its own codes. */
export function textOfFailure({ code, params }: Failure): string {
  const own = modulesWithTexts().map((module) => `${module}:errors.${code}`)
  // 'topic-unknown', 'source-unknown': whatever it was, one sentence says it.
  const otherwise = code.endsWith('-unknown') ? 'platform:errors.not-found' : 'platform:errors.refused'
  return i18n.t([...own, otherwise], { ...params, code })
}
