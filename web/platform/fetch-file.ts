import type { Failure } from './failures.ts'

/** A file that the server makes as a whole, or why it makes none. Throws where the server is not reached. */
export async function fetchFile(address: string): Promise<{ file: Blob } | { failure: Failure }> {
  const answer = await fetch(address)
  if (answer.ok) return { file: await answer.blob() }
  const { code = 'internal', params = {} } = said(await answer.text())
  return { failure: { code, params, status: answer.status } }
}

function said(body: string): Partial<Failure> {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null ? answer : {}
  } catch {
    return {}
  }
}

export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
