import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './tokens.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { isLanguage, startTexts } from '../platform/i18n.ts'
import { handleKey } from '../platform/shortcuts.ts'
import { loadAppTexts } from '../platform/texts.ts'
import { GalleryFrame } from './gallery-frame.tsx'
import { GalleryParts } from './gallery-parts.tsx'
import { mantineVariables, theme } from './theme.ts'

// gallery.html?view=parts|frame&lang=de&scheme=dark: every component in every dress, for eyes and for axe. Not shipped.
const wish = new URLSearchParams(location.search)
const language = wish.get('lang')
const scheme = wish.get('scheme') === 'dark' ? 'dark' : 'light'
document.documentElement.dataset.mantineColorScheme = scheme

const container = document.getElementById('gallery')
if (container) {
  await startTexts(isLanguage(language) ? language : 'en', loadAppTexts)
  addEventListener('keydown', (event) => handleKey(event))
  createRoot(container).render(
    <MantineProvider theme={theme} cssVariablesResolver={mantineVariables} forceColorScheme={scheme}>
      {wish.get('view') === 'frame' ? <GalleryFrame rows={Number(wish.get('rows') ?? 10_000)} /> : <GalleryParts />}
      <Notifications position="bottom-left" limit={3} />
    </MantineProvider>,
  )
}
