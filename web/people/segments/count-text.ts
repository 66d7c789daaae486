import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'

/** "1,204 persons", or "about 1,200 persons" where a sample was counted. */
export function useCountText(): (count: { persons: number; estimated: boolean }) => string {
  const t = useTexts('people')
  const formats = useFormats()
  return ({ persons, estimated }) =>
    t(estimated ? 'segments.about' : 'segments.persons', { count: persons, number: formats.number(persons) })
}
