import { IconMoodEmpty, IconMoodSad, IconMoodSmile } from '@tabler/icons-react'
import type { LABELLED_FACTS } from '../../../contract/listening-facts.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Post } from '../shapes.ts'

export type Understood = NonNullable<Post['understood']>
export type LabelledFact = (typeof LABELLED_FACTS)[number]

export const SENTIMENT_ICONS = { negative: IconMoodSad, neutral: IconMoodEmpty, positive: IconMoodSmile } as const

export const labelOf = (understood: Understood, what: LabelledFact) =>
  understood.labels.find((label) => label.what === what)

/** "Negative (71 %)" where a model says it, "Negative" where a person did. */
export function useSentimentText(): (understood: Understood) => string {
  const t = useTexts('listening')
  const formats = useFormats()
  return ({ sentiment, probability }) => {
    if (sentiment === null) return t('understood.sentiments.unread')
    const word = t(`understood.sentiments.${sentiment}`)
    return probability === null ? word : t('understood.sure', { word, share: formats.percent(probability) })
  }
}
