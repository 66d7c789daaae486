import { useFormats } from '../../platform/formats.ts'
import { i18n, useTexts } from '../../platform/i18n.ts'
import type { Reason } from './shapes.ts'

/** Below this a reason is drawn and not said: a sentence of everything says nothing. */
const SAID_BITS_MIN = 1
const SAID_FOR_MAX = 4
const SAID_AGAINST_MAX = 2

const isRule = ({ code }: Told): boolean => code.startsWith('rule.')

type Told = Pick<Reason, 'code' | 'params'>

/** One reason in words. What both sides say is named where it is short; a rare name is called rare. */
export function useReasonText(): (reason: Told) => string {
  const t = useTexts('people')
  return ({ code, params }) => {
    const isRare = params.rare === 1 && i18n.exists(`people:suggestions.reasons.${code}_rare`)
    return t(`suggestions.reasons.${code}`, { ...params, ...(isRare ? { context: 'rare' } : {}) })
  }
}

/** "Same web site in both profiles; rare name; speaks against: different cities". */
export function useReasonSentence(): (reasons: readonly Reason[]) => { forIt: string; against: string | null } {
  const say = useReasonText()
  const formats = useFormats()
  const sentence = (parts: string[]) => {
    const joined = parts.join('; ')
    return joined.charAt(0).toLocaleUpperCase(formats.locale) + joined.slice(1)
  }
  return (reasons) => {
    const speaking = reasons.filter(({ weight }) => Math.abs(weight) >= SAID_BITS_MIN)
    const forIt = speaking.filter(({ weight }) => weight > 0).slice(0, SAID_FOR_MAX)
    // What the two show against it says more than what holds of such pairs in general.
    const against = speaking
      .filter(({ weight }) => weight < 0)
      .sort((a, b) => Number(isRule(a)) - Number(isRule(b)))
      .slice(0, SAID_AGAINST_MAX)
    return {
      forIt: sentence(forIt.map(say)),
      against: against.length === 0 ? null : against.map(say).join('; '),
    }
  }
}
