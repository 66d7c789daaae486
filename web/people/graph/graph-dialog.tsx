import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import styles from './graph.module.css'

/** The frame of every act: wide enough for what it would do, on a phone the whole screen. */
export function GraphDialog({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const t = useTexts('people')
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {children}
    </Modal>
  )
}

const takeFocus = (node: HTMLElement | null) => node?.focus({ preventScroll: true })

/** A later step of a dialog: the button that led here is gone, and the focus would be with it. */
export function DialogStep({ children }: { children: ReactNode }) {
  return (
    <div ref={takeFocus} tabIndex={-1} className={styles.step}>
      {children}
    </div>
  )
}
