import { useTexts } from '../../platform/i18n.ts'
import { Figures } from '../contacts/import-parts.tsx'
import type { PurchaseImport } from './shapes.ts'

const FIGURES = ['created', 'updated', 'unchanged'] as const

/** Those that are nothing are left out, but for new ones. */
export function PurchaseFigures({ of }: { of: Pick<PurchaseImport, 'rows' | 'rejected' | 'counts'> }) {
  const t = useTexts('people')
  const figures = [
    ['rows', of.rows] as const,
    ...FIGURES.map((name) => [name, of.counts[name]] as const),
    ['rejected', of.rejected] as const,
  ]
    .filter(([name, count]) => count > 0 || name === 'rows' || name === 'created')
    .map(([name, count]) => ({
      name,
      label: t(`purchases.figure.${name}`),
      how: t(`purchases.figureHow.${name}`),
      count,
    }))
  return <Figures figures={figures} />
}
