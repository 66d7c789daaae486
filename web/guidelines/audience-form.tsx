import { MultiSelect, Switch } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES, type Role } from '../../contract/permissions.ts'
import { useFormSaved } from '../platform/form-saved.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'

interface Audience {
  forSpeakers: boolean
  roles: Role[]
  roleIds: string[]
}

/** Who has to acknowledge a guideline: roles that every workspace knows, and roles of its own. */
export function AudienceForm({
  guidelineId,
  audience,
  onDone,
}: {
  guidelineId: string
  audience: Audience
  onDone(): void
}) {
  const t = useTexts('guidelines')
  const api = useApi()
  const own = useSuspenseQuery(api.accounts.roles.list.queryOptions({ input: {} })).data.items
  const [forSpeakers, setForSpeakers] = useState(audience.forSpeakers)
  const [chosen, setChosen] = useState<string[]>([...audience.roles, ...audience.roleIds])
  const set = useMutation(
    api.guidelines.documents.setAudience.mutationOptions(useFormSaved(api.guidelines.key(), t('saved'), onDone)),
  )
  const save = () => {
    const roles = ROLES.filter((role) => chosen.includes(role))
    const roleIds = own.map(({ roleId }) => roleId).filter((roleId) => chosen.includes(roleId))
    set.mutate({ guidelineId, audience: { forSpeakers, roles, roleIds } })
  }
  return (
    <Form submit={t('save')} busy={set.isPending} error={set.error} onSubmit={save}>
      <Switch
        label={t('audience.speakers')}
        checked={forSpeakers}
        onChange={(event) => setForSpeakers(event.currentTarget.checked)}
      />
      <MultiSelect
        label={t('audience.roles')}
        data={[
          ...ROLES.map((role) => ({ value: role as string, label: t(`accounts:role.${role}.name`) })),
          ...own.map(({ roleId, name }) => ({ value: roleId, label: name })),
        ]}
        value={chosen}
        onChange={setChosen}
      />
    </Form>
  )
}
