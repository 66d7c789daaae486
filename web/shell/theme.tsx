import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { mantineVariables, theme } from '../ui/theme.ts'

/** Also read by web/public/colour-scheme.js before the first paint. */
const colourSchemes = localStorageColorSchemeManager({ key: 'rapport.colour-scheme' })

/** The account's choice counts on every device; kept on this one, so that the first paint knows it. */
export const rememberTheme = (choice: 'system' | 'light' | 'dark'): void =>
  colourSchemes.set(choice === 'system' ? 'auto' : choice)

/** The page's policy lets in only style elements with the nonce that the server wrote into this page. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// The library that holds the page still behind a dialog asks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

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
