import { Button, Modal, Select, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { useFocusBack } from '../../ui/focus-back.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { PersonLanguage } from './language-choice.tsx'
import styles from './protection.module.css'
import type { ConsentStateOf } from './shapes.ts'
import { CHANNELS, type Channel, LEGAL_BASES, PERSON_PURPOSES } from './words.ts'

type Dialog = { kind: 'contact' | 'profiling' } | { lift: string } | { basis: string } | null

/** What holds for the data of a person: why they are kept, what they agreed to, what they do not want. For their page. */
export function ConsentState({ personId }: { personId: string }) {
  const t = useTexts('privacy')
  const { data, error, refetch } = useQuery(useApi().privacy.consents.ofPerson.queryOptions({ input: { personId } }))
  const mayLink = useMay('people.link')
  const mayManage = useMay('privacy.manage')
  const [dialog, setDialog] = useState<Dialog>(null)
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={2} />
  return (
    <section className={styles.state} aria-label={t('protection.title')}>
      <div className={styles.tags}>
        {!data.mayContact && <Tag tone="urgent">{t('protection.objection.contact')}</Tag>}
        {!data.mayProfile && <Tag tone="notice">{t('protection.objection.profiling')}</Tag>}
        {Object.entries(data.purposes).map(([purpose, state]) => (
          <Tag key={purpose} tone={state === 'given' ? 'good' : 'neutral'}>
            {`${t(`protection.purpose.${purpose}`)}: ${t(`protection.consent.${state}`)}`}
          </Tag>
        ))}
      </div>
      <Bases state={data} />
      <div className={styles.tags}>
        {mayLink && data.mayContact && <Action onClick={() => setDialog({ kind: 'contact' })} what="noContact" />}
        {mayLink && data.mayProfile && <Action onClick={() => setDialog({ kind: 'profiling' })} what="noProfile" />}
        {mayLink &&
          data.objections
            .filter(({ lifted }) => !lifted)
            .map(({ objectionId, kind }) => (
              <Action key={objectionId} what={`lift.${kind}`} onClick={() => setDialog({ lift: objectionId })} />
            ))}
        {mayManage && <Action what="basis" onClick={() => setDialog({ basis: personId })} />}
        {mayManage && <Copy personId={personId} />}
        {mayManage && <Erase personId={personId} />}
      </div>
      {dialog && <StateDialog personId={personId} dialog={dialog} onClose={() => setDialog(null)} />}
    </section>
  )
}

function Bases({ state: { bases } }: { state: ConsentStateOf }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const said = bases.map(
    ({ legalBasis, purpose }) => `${t(`protection.personPurpose.${purpose}`)} (${t(`protection.basis.${legalBasis}`)})`,
  )
  return <p className={styles.quiet}>{t('protection.keptFor', { bases: formats.list([...new Set(said)]) })}</p>
}

function Action({ what, onClick }: { what: string; onClick(): void }) {
  const t = useTexts('privacy')
  return (
    <Button size="compact-sm" onClick={onClick}>
      {t(`protection.action.${what}`)}
    </Button>
  )
}

/** Made by a worker; the place of copies shows how far it is. */
function Copy({ personId }: { personId: string }) {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const order = useMutation(
    api.privacy.archives.create.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.privacy.archives.key() })
        showDone(t('protection.copy.ordered'))
      },
    }),
  )
  return (
    <Button
      size="compact-sm"
      loading={order.isPending}
      onClick={() => order.mutate({ personId, language: i18n.language as PersonLanguage })}
    >
      {t('protection.copy.order')}
    </Button>
  )
}

function Erase({ personId }: { personId: string }) {
  const t = useTexts('privacy')
  const { slug } = useWorkspace()
  return (
    <Link
      to="/w/$slug/protection"
      params={{ slug }}
      search={{ view: 'erasures', person: personId }}
      className={styles.tab}
    >
      {t('protection.action.erase')}
    </Link>
  )
}

interface StateDialogProps {
  personId: string
  dialog: NonNullable<Dialog>
  onClose(): void
}

function StateDialog({ personId, dialog, onClose }: StateDialogProps) {
  const t = useTexts('privacy')
  useFocusBack()
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [channel, setChannel] = useState<Channel>('network')
  const [legalBasis, setBasis] = useState<(typeof LEGAL_BASES)[number]>('legitimate-interest')
  const [purpose, setPurpose] = useState<(typeof PERSON_PURPOSES)[number]>('care')
  const options = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.privacy.consents.key() })
      onClose()
    },
  }
  const object = useMutation(api.privacy.consents.object.mutationOptions(options))
  const lift = useMutation(api.privacy.consents.lift.mutationOptions(options))
  const change = useMutation(api.privacy.consents.changeBasis.mutationOptions(options))
  const what = 'kind' in dialog ? dialog.kind : 'lift' in dialog ? 'lift' : 'basis'
  const submit = () => {
    const why = reason.trim()
    if ('kind' in dialog) object.mutate({ personId, kind: dialog.kind, channel, reason: why })
    else if ('lift' in dialog) lift.mutate({ objectionId: dialog.lift, reason: why })
    else change.mutate({ personId, legalBasis, purpose, reason: why })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`protection.dialog.${what}`)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p>{t(`protection.dialogWhat.${what}`)}</p>
      <Form
        submit={t('protection.request.save')}
        busy={object.isPending || lift.isPending || change.isPending}
        error={object.error ?? lift.error ?? change.error}
        onSubmit={submit}
      >
        {'kind' in dialog && (
          <Select
            label={t('protection.request.channel')}
            data={CHANNELS.map((value) => ({ value, label: t(`protection.channel.${value}`) }))}
            value={channel}
            allowDeselect={false}
            onChange={(value) => value && setChannel(value as Channel)}
          />
        )}
        {'basis' in dialog && (
          <>
            <Select
              label={t('protection.basisLabel')}
              data={LEGAL_BASES.map((value) => ({ value, label: t(`protection.basis.${value}`) }))}
              value={legalBasis}
              allowDeselect={false}
              onChange={(value) => value && setBasis(value as typeof legalBasis)}
            />
            <Select
              label={t('protection.purposeLabel')}
              data={PERSON_PURPOSES.map((value) => ({ value, label: t(`protection.personPurpose.${value}`) }))}
              value={purpose}
              allowDeselect={false}
              onChange={(value) => value && setPurpose(value as typeof purpose)}
            />
          </>
        )}
        {'kind' in dialog ? (
          <Textarea
            label={t('protection.saidWhat')}
            description={t('protection.personMayRead')}
            value={reason}
            autosize
            minRows={2}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : (
          <ReasonField
            label={t('protection.saidWhat')}
            description={t('protection.personMayRead')}
            value={reason}
            onChange={setReason}
          />
        )}
      </Form>
    </Modal>
  )
}
