import type { STANDINGS } from '../../contract/guidelines-overview.ts'
import { useTexts } from '../platform/i18n.ts'
import { Tag, type Tone } from '../ui/tag.tsx'

type Standing = (typeof STANDINGS)[number]
const TONES: Record<Standing, Tone> = { done: 'good', renew: 'notice', open: 'notice', overdue: 'urgent' }

export function StandingTag({ standing }: { standing: Standing }) {
  const t = useTexts('guidelines')
  return <Tag tone={TONES[standing]}>{t(`standing.${standing}`)}</Tag>
}
