import { handleText, useAuthorName } from '../listening/author-line.tsx'
import type { Link } from './shapes.ts'

/** Beside a person an account is called by its handle: its name is mostly theirs, and says nothing. */
export function useAccountName(): (author: Link['author']) => string {
  const nameOf = useAuthorName()
  return (author) => (author.handle ? handleText(author.handle) : nameOf(author))
}
