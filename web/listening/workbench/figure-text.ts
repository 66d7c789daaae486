import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { FigureRange } from './answers.ts'

/** "1,240" when everything was counted, else "about 1,240 (1,180 to 1,310)". */
export function useFigureText(): (figure: FigureRange) => string {
  const t = useTexts('listening')
  const formats = useFormats()
  const whole = (value: number) => (value > 0 && value < 10 ? Math.round(value * 10) / 10 : Math.round(value))
  const number = (value: number) => formats.number(whole(value))
  return ({ value, low, high, exact }) =>
    exact ? number(value) : t('workbench.about', { value: number(value), low: number(low), high: number(high) })
}

/** "83 % (71 % to 92 %)". */
export function useShareText(): (share: FigureRange) => string {
  const t = useTexts('listening')
  const { percent } = useFormats()
  const digits = ({ value }: FigureRange) => (value > 0 && value < 0.1 ? 1 : 0)
  return (share) => {
    const said = (value: number) => percent(value, digits(share))
    return share.exact
      ? said(share.value)
      : t('workbench.about', { value: said(share.value), low: said(share.low), high: said(share.high) })
  }
}
