import { useTexts } from '../../platform/i18n.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { type AnyImport, Figures } from './import-parts.tsx'
import type { ContactImport, Rehearsal } from './shapes.ts'

const TONES: Record<ContactImport['state'], Tone> = {
  uploaded: 'accent',
  running: 'notice',
  done: 'good',
  cancelled: 'neutral',
  failed: 'urgent',
}

export function ImportStateTag({ one }: { one: AnyImport }) {
  const t = useTexts('people')
  if (one.rehearsing) return <Tag tone="notice">{t('contacts.state.rehearsing')}</Tag>
  if (one.waiting) return <Tag>{t('contacts.state.waiting')}</Tag>
  return <Tag tone={TONES[one.state]}>{t(`contacts.state.${one.state}`)}</Tag>
}

const FIGURES = ['begun', 'joined', 'changed', 'unchanged', 'possible', 'leftOut', 'warned'] as const

/** Those that are nothing are left out, but for new persons. */
export function ImportFigures({ of }: { of: Pick<Rehearsal, 'rows' | 'rejected' | 'counts'> }) {
  const t = useTexts('people')
  const figures = [
    ['rows', of.rows] as const,
    ...FIGURES.map((name) => [name, of.counts[name]] as const),
    ['rejected', of.rejected] as const,
  ]
    .filter(([name, count]) => count > 0 || name === 'rows' || name === 'begun')
    .map(([name, count]) => ({
      name,
      label: t(`contacts.figure.${name}`),
      how: t(`contacts.figureHow.${name}`),
      count,
    }))
  return <Figures figures={figures} />
}
