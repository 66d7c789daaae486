import { Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { dayAt, startOfDay } from '../../platform/days.ts'
import { useFormats } from '../../platform/formats.ts'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { useFocusBack } from '../../ui/focus-back.ts'
import { Form } from '../../ui/form.tsx'
import { LanguageChoice, type PersonLanguage } from './language-choice.tsx'
import { type ChosenPerson, PersonChoice } from './person-choice.tsx'
import { CHANNELS, type Channel, REQUEST_KINDS } from './words.ts'

/** Requests reach a team by any way; the clock runs from the day on which they did. */
export function NewRequest({ onClose }: { onClose(): void }) {
  const t = useTexts('privacy')
  useFocusBack()
  const api = useApi()
  const queries = useQueryClient()
  const [kind, setKind] = useState<(typeof REQUEST_KINDS)[number]>('access')
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const [requester, setRequester] = useState('')
  const [details, setDetails] = useState('')
  const [channel, setChannel] = useState<Channel>('mail')
  const [language, setLanguage] = useState<PersonLanguage>(i18n.language as PersonLanguage)
  const formats = useFormats()
  const workspace = useQuery(api.accounts.workspaces.get.queryOptions({ input: {} }))
  // The clock runs where the workspace is, and counts its days.
  const timeZone = workspace.data?.timeZone ?? formats.timeZone
  const today = dayAt(new Date(), timeZone)
  const [chosenDay, setDay] = useState<string | null>(null)
  const day = chosenDay ?? today
  const save = useMutation(
    api.privacy.requests.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.privacy.requests.key() })
        showDone(t('protection.request.written'))
        onClose()
      },
    }),
  )
  const submit = () =>
    save.mutate({
      kind,
      requester: requester.trim() || (person?.name ?? ''),
      details,
      channel,
      language,
      receivedAt: startOfDay(day, timeZone) ?? new Date(),
      ...(person ? { personId: person.personId } : {}),
    })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('protection.request.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form submit={t('protection.request.save')} busy={save.isPending} error={save.error} onSubmit={submit}>
        <Select
          label={t('protection.request.what')}
          data={REQUEST_KINDS.map((value) => ({ value, label: t(`protection.request.kind.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => value && setKind(value as typeof kind)}
          data-autofocus
        />
        <PersonChoice
          label={t('protection.request.person')}
          description={t('protection.request.personWhy')}
          value={person}
          onChange={setPerson}
        />
        <TextInput
          label={t('protection.request.requester')}
          description={t('protection.request.requesterWhy')}
          value={requester}
          required={person === null}
          maxLength={300}
          onChange={(event) => setRequester(event.currentTarget.value)}
        />
        <Select
          label={t('protection.request.channel')}
          data={CHANNELS.map((value) => ({ value, label: t(`protection.channel.${value}`) }))}
          value={channel}
          allowDeselect={false}
          onChange={(value) => value && setChannel(value as Channel)}
        />
        <TextInput
          type="date"
          label={t('protection.request.received')}
          description={t('protection.request.receivedWhy')}
          value={day}
          required
          max={today}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <LanguageChoice value={language} onChange={setLanguage} />
        <Textarea
          label={t('protection.request.details')}
          description={t('protection.personMayRead')}
          value={details}
          autosize
          minRows={2}
          maxLength={5000}
          onChange={(event) => setDetails(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}
