import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { AnyRouter } from '@tanstack/react-router'
import { i18n } from '../platform/i18n.ts'
import { laterTexts } from '../platform/texts.ts'

const TYPED = 'data-typed'
const ASKED = 'opened-notification'

/**
 * A notification that was opened leads there inside this window: loading it anew would lose what was typed. What stands in a form
 * and was not sent is asked about first; answers are kept as drafts and need no question. Returns what ends it.
 */
export function followNotifications(router: AnyRouter): () => void {
  const follow = ({ data, ports }: MessageEvent) => {
    const path: unknown = data?.open
    if (typeof path !== 'string' || !path.startsWith('/w/')) return
    ports[0]?.postMessage('taken')
    void lead(router, path)
  }
  const typed = ({ target }: Event) => formOf(target)?.setAttribute(TYPED, '')
  const sent = ({ target }: Event) => formOf(target)?.removeAttribute(TYPED)
  const worker = navigator.serviceWorker
  worker?.addEventListener('message', follow)
  worker?.startMessages()
  addEventListener('input', typed)
  addEventListener('submit', sent)
  return () => {
    worker?.removeEventListener('message', follow)
    removeEventListener('input', typed)
    removeEventListener('submit', sent)
  }
}

const formOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('form') : null

async function lead(router: AnyRouter, path: string): Promise<void> {
  const go = () => router.navigate({ href: path })
  if (!document.querySelector(`form[${TYPED}]`)) return go()
  await laterTexts()
  const leave = () => {
    notifications.hide(ASKED)
    void go()
  }
  notifications.hide(ASKED)
  notifications.show({
    id: ASKED,
    autoClose: false,
    closeButtonProps: { 'aria-label': i18n.t('ui:close') },
    message: (
      <span className="toast-row">
        <span>{i18n.t('shell:opened.unsaved')}</span>
        <Button size="compact-xs" variant="subtle" onClick={leave}>
          {i18n.t('shell:opened.leave')}
        </Button>
      </span>
    ),
  })
}
