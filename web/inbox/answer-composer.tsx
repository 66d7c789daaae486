import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core'
import { IconBolt, IconPhotoPlus } from '@tabler/icons-react'
import { type ComponentType, lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { laterTexts } from '../platform/texts.ts'
import { Tag } from '../ui/tag.tsx'
import { AlsoAnswers, type AlsoChosen } from './also-answers.tsx'
import { AnswerNotices } from './answer-notices.tsx'
import { AttachedImages } from './attached-images.tsx'
import { useAttaching } from './attaching.ts'
import { IMAGE_TYPES, UploadRefused } from './attachments.ts'
import { charactersLeft } from './characters.ts'
import styles from './composer.module.css'
import type { ComposerProps } from './composer-props.ts'
import { useLease } from './lease.ts'
import { useMacros } from './macro-use.tsx'
import { useSendAnswer } from './send-answer.ts'
import type { Account } from './shapes.ts'
import { StaleAnswer } from './stale-answer.tsx'
import { SuggestingTextarea } from './suggesting-textarea.tsx'

/** What is rarely needed, with texts that come later. */
const later = <Props,>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async () => {
    const [component] = await Promise.all([load(), laterTexts()])
    return { default: component }
  })
const AskForProof = later(async () => (await import('./ask-for-proof.tsx')).AskForProof)
const ContactWish = later(async () => (await import('./contact-wish.tsx')).ContactWish)
const StrandChoice = later(async () => (await import('./handover/strand-choice.tsx')).StrandChoice)
const Handover = later(async () => (await import('./handover/handover-button.tsx')).HandoverButton)
const ComposerPolicy = later(async () => (await import('../publishing/policy/composer-policy.tsx')).ComposerPolicy)
const ProvocationNotice = later(async () => (await import('./provocation/provocation-notice.tsx')).ProvocationNotice)
const SuggestedAnswers = later(async () => (await import('./suggested/suggested-answers.tsx')).SuggestedAnswers)
const Silence = later(async () => (await import('./asleep.tsx')).Silence)

/** A private answer is one customer's. */
const NOBODY_ELSE: AlsoChosen = new Map()

/** What everyone will read, or the customer alone: by which account, with which sign-off, how much room is left. */
export function AnswerComposer(props: ComposerProps) {
  const t = useTexts('inbox')
  const { draft, opened, onReplyTo } = props
  const handover = (
    <Suspense>
      <StrandChoice opened={opened} draft={draft} onChosen={() => onReplyTo(null)} />
    </Suspense>
  )
  if (!draft.account)
    return (
      <div className={styles.body}>
        {handover}
        <p className={styles.notice}>{t('answer.noAccount')}</p>
      </div>
    )
  return <Writable {...props} account={draft.account} handover={handover} />
}

function Writable({
  opened,
  draft,
  field,
  newsCount,
  replyTo,
  onReplyTo,
  onGone,
  account,
  handover,
}: ComposerProps & { account: Account; handover: ReactNode }) {
  const t = useTexts('inbox')
  const describedBy = useId()
  const lease = useLease(opened.conversation)
  const attaching = useAttaching(draft, account.attachmentsMax)
  const macros = useMacros(opened.conversation.conversationId)
  const [also, setAlso] = useState<AlsoChosen>(new Map())
  const { send, ask, stopped, confirm, dismissStopped, sendAgain, isPending, error, news, dismissNews } = useSendAnswer(
    {
      opened,
      draft,
      also: draft.strand === 'public' ? also : NOBODY_ELSE,
      replyTo,
      macros,
      onGone,
    },
  )
  const left = charactersLeft(draft.text, account.signOff, account.charactersMax)
  const tooLong = left !== null && left < 0
  const barred = !opened.mayContact && opened.conversation.state === 'closed'
  const [silent, setSilent] = useState(false)
  const ready = !silent && !barred && !draft.empty && !tooLong && !lease.heldBy && !attaching.isPending

  const submit = (close: boolean) => {
    if (ready && !isPending) void attaching.keepDescriptions().then((kept) => (kept ? send(close) : undefined))
    else field.current?.focus()
  }
  useShortcuts(t('composer.place'), [
    { keys: 'mod+enter', label: t('answer.sendAndClose'), run: () => submit(true), whileTyping: true },
    { keys: 'mod+shift+enter', label: t('answer.send'), run: () => submit(false), whileTyping: true },
    { keys: 'm', label: t('macro.open'), run: () => macros.begin(draft, field.current) },
  ])
  return (
    <div className={styles.body} {...attaching.dropTarget}>
      <Suspense>
        <Silence sourceId={account.sourceId} onChange={setSilent} />
      </Suspense>
      <Suspense>
        <ProvocationNotice conversationId={opened.conversation.conversationId} />
      </Suspense>
      <AnswerNotices
        opened={opened}
        lease={lease}
        newsCount={draft.empty ? 0 : newsCount}
        onRead={() => draft.acknowledge()}
        // The dialog gives the focus back to a button that is gone.
        onTaken={() => setTimeout(() => field.current?.focus())}
      />
      {!opened.mayContact && (
        <Suspense>
          <ContactWish opened={opened} />
        </Suspense>
      )}
      {handover}
      {replyTo && (
        <p className={styles.chip}>
          <Tag onRemove={() => onReplyTo(null)}>
            {t('answer.replyTo', { name: replyTo.author.name ?? replyTo.author.handle ?? '' })}
          </Tag>
        </p>
      )}
      <SuggestingTextarea
        field={field}
        label={t('composer.answer')}
        placeholder={t('answer.placeholder')}
        value={draft.text}
        onChange={(text) => {
          draft.change(text)
          lease.typing()
        }}
        onFocus={lease.take}
        onBlur={() => {
          if (draft.empty) lease.giveBack()
        }}
        trigger="/"
        suggestions={macros.suggestions}
        nothing={macros.nothing}
        onPick={(suggestion, rest, at) => void macros.apply(suggestion.id, draft, rest, at)}
        describedBy={describedBy}
        onPaste={attaching.onPaste}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <AttachedImages
        attachmentIds={draft.attachmentIds}
        onRemove={attaching.remove}
        onDescribe={attaching.describe}
        onKeep={() => void attaching.keepDescriptions()}
      />
      {draft.strand === 'public' && <AlsoAnswers opened={opened} chosen={also} onChange={setAlso} />}
      {macros.afterSending.length > 0 && (
        <p className={styles.chip}>
          <Tag onRemove={macros.dropAfterSending}>{t('macro.afterSending', { what: macros.afterSendingText })}</Tag>
        </p>
      )}
      <Suspense>
        <ComposerPolicy
          conversationId={opened.conversation.conversationId}
          also={draft.strand === 'public' ? [...also.keys()] : []}
          sourceId={account.sourceId}
          replyToPostId={replyTo?.postId ?? opened.conversation.lastPost?.postId ?? null}
          text={draft.text}
          language={opened.conversation.language}
          attachmentIds={draft.attachmentIds}
          isPrivate={draft.strand === 'private'}
          field={field}
          stopped={stopped}
          busy={isPending}
          onConfirm={confirm}
          onAsk={ask}
          onDismiss={dismissStopped}
        />
      </Suspense>
      <Problem error={attaching.problem ?? error} />
      <div className={styles.foot}>
        <FileButton accept={IMAGE_TYPES.join(',')} multiple onChange={(files) => attaching.attach(files)}>
          {(button) => (
            <Tooltip label={t('attach.add')}>
              <ActionIcon
                {...button}
                aria-label={t('attach.add')}
                loading={attaching.isPending}
                disabled={attaching.full}
              >
                <IconPhotoPlus size={16} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        <Tooltip label={`${t('macro.open')} · /`}>
          <ActionIcon aria-label={t('macro.open')} onClick={() => macros.begin(draft, field.current)}>
            <IconBolt size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Suspense>
          <Handover opened={opened} draft={draft} field={field} />
          <AskForProof opened={opened} draft={draft} />
        </Suspense>
        <Suspense>
          <SuggestedAnswers conversation={opened.conversation} draft={draft} field={field} />
        </Suspense>
        <Facts id={describedBy} left={left} draft={draft} />
        <span className={styles.sending}>
          <Button
            onClick={() => submit(false)}
            disabled={!ready}
            loading={isPending}
            title={keyCaps('mod+shift+enter').join(' ')}
          >
            {t('answer.send')}
          </Button>
          <Button
            variant="filled"
            onClick={() => submit(true)}
            disabled={!ready}
            loading={isPending}
            title={keyCaps('mod+enter').join(' ')}
          >
            {t('answer.sendAndClose')}
          </Button>
        </span>
      </div>
      {news && (
        <StaleAnswer
          opened={opened}
          draft={draft}
          news={news}
          sending={isPending}
          onClose={dismissNews}
          onSend={() => void sendAgain()}
        />
      )}
    </div>
  )
}

/** What room is left, and that nothing is lost; quiet until there is no room. */
function Facts({ id, left, draft }: { id: string; left: number | null } & Pick<ComposerProps, 'draft'>) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const kept = draft.empty
    ? null
    : draft.savedOnServer
      ? t('draft.saved')
      : draft.saveFailed
        ? t('draft.onDevice')
        : null
  return (
    <span id={id} className={styles.facts}>
      {left !== null && (
        <span className={styles.left} data-over={left < 0 || undefined} title={t('answer.leftWhy')}>
          {left < 0
            ? t('answer.over', { count: -left })
            : t('answer.left', { count: left, number: formats.number(left) })}
        </span>
      )}
      {kept && <span>{kept}</span>}
    </span>
  )
}

function Problem({ error }: { error: unknown }) {
  const text = !error
    ? null
    : error instanceof UploadRefused
      ? textOfFailure({ code: error.code, params: error.params, status: 400 })
      : textOfFailure(failureOf(error))
  return <div role="alert">{text && <p className={styles.error}>{text}</p>}</div>
}
