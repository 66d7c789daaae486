import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { mantineVariables, theme } from '../ui/theme.ts'

/** Also read by web/public/colour-scheme.js before the first paint. */
const colourSchemes = localStorageColorSchemeManager({ key: 'rapport.colour-scheme' })

/** The page's policy lets in only style elements with the nonce that the server wrote into this page. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

export function Theme({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={mantineVariables}
      colorSchemeManager={colourSchemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  )
}
