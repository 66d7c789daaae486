import { IconLayoutColumns } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import { Empty } from '../ui/empty.tsx'

/** A layout that nothing stands in. */
export function NoColumns({ mayChange }: { mayChange: boolean }) {
  const t = useTexts('columns')
  return (
    <Empty icon={IconLayoutColumns} title={t('none.title')}>
      {t(mayChange ? 'none.how' : 'none.who')}
    </Empty>
  )
}
