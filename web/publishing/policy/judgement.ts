import type { PolicyFinding } from '../../../contract/publishing-policy.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'

export type { PolicyFinding }

/** What was found and what to do instead, in the reader's words. */
export function useFindingWords() {
  const t = useTexts('publishing')
  const formats = useFormats()
  return ({ check, code, values, instead }: PolicyFinding) => {
    const filled = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (name === 'found' || name === 'wanted') return [name, formats.languageName(String(value))]
        if (name === 'until') return [name, formats.exact(new Date(String(value)))]
        return [name, typeof value === 'number' ? formats.number(value) : value]
      }),
    )
    return { found: t(`finding.${check}.${code}`, filled), instead: t(`instead.${instead}`, filled) }
  }
}
