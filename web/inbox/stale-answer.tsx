import { Button, Group, Modal, Textarea } from '@mantine/core'
import { PostCard } from '../listening/post-card.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import type { AnswerDraft } from './answer-draft.ts'
import styles from './composer.module.css'
import type { News, Opened } from './shapes.ts'
import { ThreadAnswer } from './thread-answer.tsx'

interface StaleAnswerProps {
  opened: Opened
  draft: AnswerDraft
  news: News
  sending: boolean
  onClose(): void
  onSend(): void
}

/** Nothing was sent, because somebody spoke meanwhile: what is new beside what one wrote, and three ways to go on. */
export function StaleAnswer({ opened, draft, news, sending, onClose, onSend }: StaleAnswerProps) {
  const t = useTexts('inbox')
  const { conversationId } = opened.conversation
  const colleague = news.some(({ answers }) => answers.length > 0)
  const goOn = () => {
    const now = news.find((one) => one.conversationId === conversationId)
    if (now) draft.acknowledge(now.version)
    onClose()
  }
  useShortcuts(`dialog:${t('stale.yours')}`, [
    { keys: 'mod+enter', label: t('stale.send'), run: onSend, whileTyping: true },
  ])
  return (
    <Modal
      opened
      onClose={goOn}
      size="xl"
      title={colleague ? t('stale.colleague') : t('stale.customer')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles.lead}>{t('stale.nothingSent')}</p>
      <div className={styles.beside}>
        <section aria-label={t('stale.new')}>
          <h3>{t('stale.new')}</h3>
          <div className={styles.newsBox}>
            {news.flatMap((one) => [
              ...one.posts.map((post) => <PostCard key={post.postId} post={post} />),
              ...one.answers.map((delivery) => (
                <ThreadAnswer
                  key={delivery.deliveryId}
                  isNew={false}
                  answer={{
                    kind: 'answer',
                    at: delivery.createdAt,
                    delivery,
                    closes: false,
                    version: one.version,
                    alsoAnswers: [],
                  }}
                />
              )),
            ])}
          </div>
        </section>
        <section aria-label={t('stale.yours')}>
          <h3>{t('stale.yours')}</h3>
          <Textarea
            aria-label={t('stale.yours')}
            value={draft.text}
            onChange={(event) => draft.change(event.currentTarget.value)}
            autosize
            minRows={5}
            maxRows={14}
            data-autofocus
          />
        </section>
      </div>
      <Group justify="flex-end" mt="md" gap="sm">
        {colleague && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              draft.discard()
              onClose()
            }}
          >
            {t('stale.discard')}
          </Button>
        )}
        <Button onClick={goOn}>{t('stale.goOn')}</Button>
        <Button variant="filled" onClick={onSend} loading={sending} disabled={draft.empty}>
          {t('stale.send')}
        </Button>
      </Group>
    </Modal>
  )
}
