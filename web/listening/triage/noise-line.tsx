import { Anchor } from '@mantine/core'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FilterChoice } from '../../ui/filter-bar.tsx'
import { NOISE, POST_ORDERS, type PostSearch } from '../post-search.ts'
import styles from './triage.module.css'

interface NoiseProps {
  search: PostSearch
  effect: { judges: boolean; noise: 'shown' | 'below' | 'kept-out'; aside: { count: number; atLeast: boolean } } | null
  onChange(changed: Partial<PostSearch>): void
}

/** Order and noise, beside the other filters; an order only where a topic has learned one. */
export function NoiseFilters({ search, effect, onChange }: NoiseProps) {
  const t = useTexts('listening')
  const set = (name: 'noise' | 'order') => (value: string | null) =>
    onChange({ [name]: value ?? undefined } as Partial<PostSearch>)
  const order = search.order ?? (effect?.noise === 'shown' ? 'newest' : 'useful')
  return (
    <>
      <FilterChoice
        label={t('noise.filter.title')}
        options={NOISE.map((value) => ({ value, label: t(`noise.filter.${value}`) }))}
        value={search.noise ?? null}
        onChange={set('noise')}
      />
      {effect?.judges && (
        <FilterChoice
          label={t('noise.order.title')}
          options={POST_ORDERS.map((value) => ({ value, label: t(`noise.order.${value}`) }))}
          value={order}
          onChange={set('order')}
        />
      )}
    </>
  )
}

/** How much a topic sets aside, always, and the way to it and back. */
export function NoiseLine({ search, effect, onChange }: NoiseProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const isShown = search.noise === 'only'
  if (!isShown && (!effect || effect.aside.count === 0)) return null
  const { count, atLeast } = effect?.aside ?? { count: 0, atLeast: false }
  const number = atLeast ? t('atLeast', { number: formats.number(count) }) : formats.number(count)
  const change = isShown ? { noise: undefined } : ({ noise: 'only', period: 'week' } as const)
  return (
    <p className={styles.line} role="status">
      <Anchor component="button" type="button" inherit onClick={() => onChange(change as Partial<PostSearch>)}>
        {isShown ? t('noise.onlyAside') : t('noise.aside', { count, number })}
      </Anchor>
    </p>
  )
}
