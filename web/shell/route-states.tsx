import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'

/** A route whose code or data is still on its way; the router shows it after 300 ms. */
export const RoutePending = () => <RowSkeletons />

/** A route whose loading or drawing failed: the frame around it stays usable. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  useEffect(() => resetQueries(), [resetQueries])
  return (
    <QueryError
      error={error}
      heading
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}

/** An address of the app that leads nowhere; inside a workspace its frame stays around it. */
export function NotFoundScreen() {
  const t = useTexts('shell')
  return (
    <Empty
      icon={IconMapOff}
      heading
      title={t('notFound.title')}
      action={
        <Button component="a" href="/" variant="filled">
          {t('notFound.start')}
        </Button>
      }
    >
      {t('notFound.why')}
    </Empty>
  )
}
