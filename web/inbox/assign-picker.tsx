import type { ComboboxStore } from '@mantine/core'
import { IconUserOff, IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Picker } from '../ui/picker.tsx'
import { usePeopleHere } from './people-here.ts'
import type { Change } from './shapes.ts'

interface AssignPickerProps {
  picker: ComboboxStore
  assigned?: { memberId: string | null; teamId: string | null }
  onAssign(change: Change): void
  children: ReactNode
}

/** Myself first, then colleagues, teams, nobody. */
export function AssignPicker({ picker, assigned, onAssign, children }: AssignPickerProps) {
  const t = useTexts('inbox')
  const { me, members, teams } = usePeopleHere()
  const mine = members.find(({ memberId }) => memberId === me)
  const member = ({ memberId, name }: (typeof members)[number]) => ({
    value: `member ${memberId}`,
    label: memberId === me ? t('assign.toMe', { name }) : name,
    icon: <Avatar name={name} size={18} />,
    checked: assigned?.memberId === memberId,
  })
  const pick = (value: string) => {
    const [kind, id = null] = value.split(' ')
    onAssign({ change: 'assign', memberId: kind === 'member' ? id : null, teamId: kind === 'team' ? id : null })
  }
  return (
    <Picker
      picker={picker}
      label={t('assign.title')}
      nothing={t('assign.nobodyFound')}
      onPick={pick}
      groups={[
        {
          options: [...(mine ? [member(mine)] : []), ...members.filter(({ memberId }) => memberId !== me).map(member)],
        },
        {
          label: t('assign.teams'),
          options: teams.map(({ teamId, name }) => ({
            value: `team ${teamId}`,
            label: name,
            icon: <IconUsersGroup size={18} stroke={1.5} aria-hidden />,
            checked: assigned?.teamId === teamId,
          })),
        },
        {
          options: [
            { value: 'nobody', label: t('assign.nobody'), icon: <IconUserOff size={18} stroke={1.5} aria-hidden /> },
          ],
        },
      ]}
    >
      {children}
    </Picker>
  )
}
