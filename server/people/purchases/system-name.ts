import { Invalid } from '../../platform/errors.ts'

const SYSTEM = /^[a-z0-9][a-z0-9._-]{0,59}$/

/** Systems are known by a word of small letters, as customer numbers and told fields know them. */
export function systemName(written: string): string {
  const name = written.trim().toLowerCase()
  if (!SYSTEM.test(name)) throw new Invalid('contact-system-invalid')
  return name
}
