import { useFormats } from '../platform/formats.ts'

/** A language in the reader's words; the tag stands in a title, because that is what rules and queries say. */
export function LanguageName({ tag }: { tag: string }) {
  return <span title={tag}>{useFormats().languageName(tag)}</span>
}
