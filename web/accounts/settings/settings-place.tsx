import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { Place } from '../../ui/place.tsx'
import { PHONE } from '../choices.ts'

interface SettingsPlaceProps {
  section: string
  action?: ReactNode
  children: ReactNode
}

/** A section of the settings; on a phone with the way back to the list of sections. */
export function SettingsPlace({ section, action, children }: SettingsPlaceProps) {
  const t = useTexts('accounts')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const phone = useMediaQuery(PHONE, matchMedia(PHONE).matches)
  const back = { onBack: () => void navigate({ to: '/w/$slug/settings', params: { slug } }) }
  return (
    <Place title={t(`settings.section.${section}`)} {...(action ? { action } : {})} {...(phone ? back : {})}>
      {children}
    </Place>
  )
}
