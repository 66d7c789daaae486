import { Button } from '@mantine/core'
import { IconAffiliate } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { Empty } from '../../ui/empty.tsx'
import { ReasonBars } from './reason-bars.tsx'
import type { Reason } from './shapes.ts'
import styles from './suggestions.module.css'

/** An example of what would stand here; nobody in it exists. */
const EXAMPLE: Reason[] = [
  { code: 'site.page', field: 'site', weight: 11, params: { shared: 'musterwald.example' } },
  { code: 'name.exact', field: 'name', weight: 8, params: { value: 'Jana Musterwald', rare: 1 } },
  { code: 'handle-name.name-and-number', field: 'handle', weight: 5, params: {} },
  { code: 'city.different', field: 'city', weight: -3, params: { value: 'Kiel', other: 'Köln' } },
]

/** As long as nothing may be inferred: what it would do, with an example, and what it never does. */
export function Inference({ onChange }: { onChange: (() => void) | null }) {
  const t = useTexts('people')
  return (
    <div className={styles.off}>
      <Empty
        icon={IconAffiliate}
        title={t('suggestions.off.title')}
        action={onChange ? <Button onClick={onChange}>{t('suggestions.policy.choose')}</Button> : undefined}
      >
        <p>{t('suggestions.off.what')}</p>
        <p>{onChange ? t('suggestions.off.how') : t('suggestions.off.ask')}</p>
      </Empty>
      <section className={styles.example} aria-label={t('suggestions.off.example')}>
        <h2 className={styles.heading}>{t('suggestions.off.example')}</h2>
        <ReasonBars reasons={EXAMPLE} />
        <p className={styles.quiet}>{t('suggestions.off.never')}</p>
      </section>
    </div>
  )
}
