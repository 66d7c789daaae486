import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import { useMe } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { signOut } from './sign-out.ts'

/** Signed in, but member of no workspace, or of one where nothing may be seen. */
export function NowhereScreen() {
  const t = useTexts('shell')
  const me = useMe()
  return (
    <Empty
      icon={IconUsers}
      title={t('nowhere.title')}
      action={<Button onClick={() => void signOut()}>{t('account.signOut')}</Button>}
    >
      {t('nowhere.why', { email: me.email })}
    </Empty>
  )
}
