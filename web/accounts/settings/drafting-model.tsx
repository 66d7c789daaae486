import { Checkbox, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import styles from './settings.module.css'

type Model = Awaited<ReturnType<ReturnType<typeof useApi>['inbox']['suggested']['model']['call']>>

/** A language model outside that may be asked for drafts: off until somebody switches it on. */
export function DraftingModel() {
  const api = useApi()
  const mayManage = useMay('workspace.manage')
  const { data } = useQuery({ ...api.inbox.suggested.model.queryOptions({ input: {} }), enabled: mayManage })
  return data ? <ModelForm key={JSON.stringify(data)} model={data} /> : null
}

function ModelForm({ model }: { model: Model }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const [values, setValues] = useState(model)
  const [apiKey, setApiKey] = useState('')
  const { mutate, isPending, error } = useMutation(
    api.inbox.suggested.setModel.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.inbox.suggested.key() })
        showDone(t('saved'))
      },
    }),
  )
  const change = (next: Partial<Model>) => setValues({ ...values, ...next })
  const { hasKey: _, ...input } = values
  return (
    <section className={styles.model} aria-labelledby="drafting-model">
      <h2 id="drafting-model">{t('drafting.title')}</h2>
      <p className={styles.muted}>{t('drafting.why')}</p>
      <Form
        submit={t('save')}
        aside
        busy={isPending}
        error={error}
        onSubmit={() => mutate({ ...input, ...(apiKey === '' ? {} : { apiKey }) })}
      >
        <Checkbox
          label={t('drafting.switchedOn')}
          checked={values.switchedOn}
          onChange={(event) => change({ switchedOn: event.currentTarget.checked })}
        />
        <TextInput
          label={t('drafting.address')}
          description={t('drafting.addressWhy')}
          type="url"
          value={values.address}
          maxLength={300}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
        <TextInput
          label={t('drafting.model')}
          value={values.model}
          maxLength={200}
          onChange={(event) => change({ model: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('drafting.key')}
          description={t(model.hasKey ? 'drafting.keyKept' : 'drafting.keyNone')}
          value={apiKey}
          autoComplete="off"
          maxLength={500}
          onChange={(event) => setApiKey(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('drafting.showKey') }}
        />
        <Textarea
          label={t('drafting.instruction')}
          description={t('drafting.instructionWhy')}
          value={values.instruction}
          maxLength={2_000}
          autosize
          minRows={2}
          onChange={(event) => change({ instruction: event.currentTarget.value })}
        />
      </Form>
    </section>
  )
}
