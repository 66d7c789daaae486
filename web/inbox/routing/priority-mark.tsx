import { Menu, Modal, UnstyledButton } from '@mantine/core'
import { IconArrowsSplit2, IconCheck, IconFlag } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { PRIORITIES } from '../../../contract/routing-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { useChanges } from '../change.ts'
import type { Conversation } from '../shapes.ts'
import styles from './priority-mark.module.css'

const RulesActed = lazy(() => import('./rules-acted.tsx'))

/** How soon it is to be looked at: chosen here, and why a rule chose it is one click away. */
export function PriorityMark({ conversation, mayWork }: { conversation: Conversation; mayWork: boolean }) {
  const t = useTexts('inbox')
  const { run } = useChanges()
  const [asks, setAsks] = useState(false)
  const { conversationId, priority } = conversation
  const name = t(`priority.${priority}`)
  return (
    <>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton
            className={styles.mark}
            data-priority={priority}
            aria-label={t('priorityNow', { priority: name })}
          >
            <IconFlag size={12} aria-hidden />
            {name}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('filter.priority')}</Menu.Label>
          {mayWork &&
            PRIORITIES.toReversed().map((each) => (
              <Menu.Item
                key={each}
                rightSection={each === priority ? <IconCheck size={14} aria-hidden /> : null}
                onClick={() =>
                  void run({ conversationIds: [conversationId] }, { change: 'prioritise', priority: each })
                }
              >
                {t(`priority.${each}`)}
              </Menu.Item>
            ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconArrowsSplit2 size={14} aria-hidden />} onClick={() => setAsks(true)}>
            {t('routing.acted.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asks}
        onClose={() => setAsks(false)}
        title={t('routing.acted.title')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {asks && (
          <Suspense fallback={<TextSkeleton lines={4} />}>
            <RulesActed conversationId={conversationId} />
          </Suspense>
        )}
      </Modal>
    </>
  )
}
