/** A code to be posted is told once; it stays with the tab, because posting it means leaving the page for a while. */
const KEY = 'rapport.portal.code.'

export function rememberCode(proofId: string, code: string): void {
  try {
    sessionStorage.setItem(KEY + proofId, code)
  } catch {
    memory.set(proofId, code)
  }
}

export function rememberedCode(proofId: string): string | null {
  try {
    return sessionStorage.getItem(KEY + proofId) ?? memory.get(proofId) ?? null
  } catch {
    return memory.get(proofId) ?? null
  }
}

const memory = new Map<string, string>()
