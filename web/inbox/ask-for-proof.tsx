import { ActionIcon, Button, Modal, SegmentedControl, Select, Stack, Textarea, Tooltip } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PORTAL_LANGUAGES, PROOF_ASKED } from '../../contract/proofs-portal.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import type { ComposerProps } from './composer-props.ts'
import type { Opened } from './shapes.ts'

type Asked = (typeof PROOF_ASKED)[number]
type Language = (typeof PORTAL_LANGUAGES)[number]
const ASKED: Asked[] = ['customer-number', 'mail', 'phone', 'account']
const LANGUAGES: Language[] = ['de', 'nl', 'en']

/** Stands in the foot of the composer; what it makes goes into the draft. */
export function AskForProof({ opened, draft }: Pick<ComposerProps, 'opened' | 'draft'>) {
  const t = useTexts('inbox')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Tooltip label={t('proof.title')}>
        <ActionIcon aria-label={t('proof.title')} onClick={() => setAsking(true)}>
          <IconUserCheck size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {asking && (
        <AskDialog
          opened={opened}
          onText={(text) => draft.change(draft.empty ? text : `${draft.text.trimEnd()}\n\n${text}`)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

interface AskDialogProps {
  opened: Opened
  /** Puts the text into the answer. */
  onText(text: string): void
  onClose(): void
}

/** Makes a link for the author of the conversation and the words around it, to be changed before they are sent. */
function AskDialog({ opened, onText, onClose }: AskDialogProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const { conversationId } = opened.conversation
  const { data } = useQuery(api.proofs.invitations.list.queryOptions({ input: { conversationId } }))
  return (
    <Modal opened onClose={onClose} title={t('proof.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {!data ? (
        <TextSkeleton lines={3} />
      ) : data.offered ? (
        <Asking opened={opened} onText={onText} onClose={onClose} />
      ) : (
        <NotOffered />
      )}
    </Modal>
  )
}

function NotOffered() {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const mayManage = useMay('workspace.manage')
  return (
    <>
      <p>{t('proof.notOffered')}</p>
      {mayManage && (
        <Link to="/w/$slug/settings/connections" params={{ slug }}>
          {t('proof.toSettings')}
        </Link>
      )}
    </>
  )
}

function Asking({ opened, onText, onClose }: AskDialogProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const { conversationId, language: spoken } = opened.conversation
  const [asked, setAsked] = useState<Asked>('customer-number')
  const [language, setLanguage] = useState<Language>(LANGUAGES.find((one) => one === spoken) ?? 'en')
  const [text, setText] = useState<string | null>(null)
  const create = useMutation(
    api.proofs.invitations.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async (made) => {
        setText(made.text)
        await queries.invalidateQueries({ queryKey: api.proofs.invitations.key() })
      },
    }),
  )
  if (text !== null)
    return (
      <Stack>
        <Textarea
          label={t('proof.text')}
          description={t('proof.textWhy')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          data-autofocus
        />
        <div>
          <Button
            variant="filled"
            onClick={() => {
              onText(text)
              onClose()
            }}
          >
            {t('proof.put')}
          </Button>
        </div>
      </Stack>
    )
  return (
    <Form
      submit={t('proof.make')}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate({ conversationId, asked, language })}
    >
      <Select
        label={t('proof.asked')}
        data={ASKED.map((value) => ({ value, label: t(`proof.what.${value}`) }))}
        value={asked}
        onChange={(chosen) => chosen && setAsked(chosen as Asked)}
        allowDeselect={false}
        data-autofocus
      />
      <div>
        <span id="proof-language">{t('proof.language')}</span>
        <SegmentedControl
          aria-labelledby="proof-language"
          fullWidth
          data={LANGUAGES.map((value) => ({ value, label: formats.languageName(value) }))}
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
        />
      </div>
      <p>{t('proof.how')}</p>
    </Form>
  )
}
