import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'

/** As the contract has it. */
const SIGN_OFF_CHARACTERS_MAX = 300

/** Another sign-off where the usual one does not fit: a whole name below a letter. */
export function NetworkSignOffs() {
  const t = useTexts('accounts')
  const api = useApi()
  const own = useSuspenseQuery(api.accounts.members.signOffs.queryOptions({ input: {} })).data.items
  const { items } = useSuspenseQuery(api.listening.sources.networks.queryOptions({ input: {} })).data
  const speaking = items.filter(({ speaks }) => speaks)
  if (speaking.length < 2) return null
  return (
    <FormSection title={t('profile.signOffs')} why={t('profile.signOffsWhy')}>
      {speaking.map(({ network }) => (
        <NetworkSignOff
          key={network}
          network={network}
          kept={own.find((one) => one.network === network)?.signOff ?? ''}
        />
      ))}
    </FormSection>
  )
}

function NetworkSignOff({ network, kept }: { network: string; kept: string }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const [signOff, setSignOff] = useState(kept)
  const save = useMutation(
    api.accounts.members.updateMyself.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.accounts.members.signOffs.key() })
        showDone(t('saved'))
      },
    }),
  )
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ signOff, network })}
    >
      <Textarea
        label={t(`listening:network.${network}`, { defaultValue: network })}
        placeholder={t('profile.signOffUsual')}
        value={signOff}
        onChange={(event) => setSignOff(event.currentTarget.value)}
        maxLength={SIGN_OFF_CHARACTERS_MAX}
        autosize
        minRows={1}
        maxRows={5}
      />
    </Form>
  )
}
