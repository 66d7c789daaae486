import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import type { ExplainedScore } from '../shapes.ts'

type Part = ExplainedScore['parts'][number]

/** "orders in 12 months: 1,240.00 € × 0.01 = 12.4 points", in the reader's words. */
export function useTermText(): (part: Part, currency: string | null) => string {
  const t = useTexts('people')
  const formats = useFormats()
  const language = useLanguage()
  return ({ term, amount, points, capped }, currency) => {
    const money =
      term.input === 'spent' && currency
        ? new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount)
        : formats.number(amount)
    const said = {
      input: t(`scoreInput.${term.input}`),
      amount: money,
      weight: formats.number(term.weight).replace('-', '−'),
      points: formats.number(points).replace('-', '−'),
      cap: term.cap === null ? '' : formats.number(term.cap),
    }
    const how = term.scale === 'log' ? 'log' : 'each'
    return t(capped ? `score.${how}Capped` : `score.${how}`, said)
  }
}
