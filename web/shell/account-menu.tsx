import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { changeLanguage, LANGUAGES, type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useMe } from '../platform/session.ts'
import { laterTexts } from '../platform/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { useChangeMe } from './change-me.ts'
import styles from './shell.module.css'
import { signOut } from './sign-out.ts'

const THEMES = ['system', 'light', 'dark'] as const
/** In their own language, so that one finds back from a language one does not read. */
const OWN_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch', nl: 'Nederlands' }

const OwnPresence = lazy(async () => {
  await laterTexts()
  return { default: (await import('./own-presence.tsx')).OwnPresence }
})

/** Who is signed in; language and look, which take effect at once and are remembered with the account. */
export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTexts('shell')
  const me = useMe()
  const language = useLanguage()
  const { setColorScheme } = useMantineColorScheme()
  const change = useChangeMe()
  const check = <IconCheck size={14} aria-hidden />
  return (
    <Menu position="top-start" width={240} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={styles.account} title={me.email}>
          <Avatar name={me.name} size={22} />
          <span className={styles.name}>{me.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Suspense>
          <OwnPresence />
        </Suspense>
        <Menu.Label>{t('account.look')}</Menu.Label>
        {THEMES.map((theme) => (
          <Menu.Item
            key={theme}
            rightSection={theme === me.theme ? check : null}
            onClick={() => {
              setColorScheme(theme === 'system' ? 'auto' : theme)
              change.mutate({ theme })
            }}
          >
            {t(`account.theme.${theme}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('account.language')}</Menu.Label>
        {LANGUAGES.map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            rightSection={each === language ? check : null}
            onClick={() => {
              void changeLanguage(each)
              change.mutate({ language: each })
            }}
          >
            {OWN_NAMES[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick leftSection={<IconKeyboard size={14} aria-hidden />} onClick={onShortcuts}>
          {t('shortcuts.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
