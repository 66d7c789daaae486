import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../platform/i18n.ts'

/** The frame of every act: wide enough for what it would do, on a phone the whole screen. */
export function GraphDialog({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const t = useTexts('people')
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {children}
    </Modal>
  )
}
