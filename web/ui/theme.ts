import {
  Anchor,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Popover,
  TextInput,
  Tooltip,
} from '@mantine/core'

/** Mantine asks for ten shades; what is seen comes from tokens.css through `mantineVariables`. */
const accent: MantineColorsTuple = [
  '#eef2fd',
  '#dbe3fa',
  '#b9c8f5',
  '#93aef7',
  '#6f8fe6',
  '#4468d4',
  '#2f57c9',
  '#2749ab',
  '#203c8c',
  '#182d6b',
]
const gray: MantineColorsTuple = [
  '#f6f6f4',
  '#f0f0ed',
  '#e5e5e1',
  '#d3d3ce',
  '#b5b5af',
  '#8a8a84',
  '#6c6c67',
  '#5b5b56',
  '#3a3a37',
  '#1c1c1a',
]
const dark: MantineColorsTuple = [
  '#e9e9e6',
  '#cfcfcb',
  '#a6a6a0',
  '#74767d',
  '#3a3d44',
  '#2a2c31',
  '#1e2024',
  '#16171a',
  '#101113',
  '#0b0c0d',
]

/** The list itself scrolls, moved by its field's arrow keys; a box inside it would be one that no key reaches. */
const LONG_LIST = { options: { maxHeight: '13.75rem', overflowY: 'auto' } } as const

/** Dense, five sizes, two weights. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, gray, dark },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: {
    xs: 'var(--size-1)',
    sm: 'var(--size-2)',
    md: 'var(--size-3)',
    lg: 'var(--size-4)',
    xl: 'var(--size-5)',
  },
  fontWeights: { regular: '400', medium: '600', bold: '600' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--size-5)', lineHeight: '1.3' },
      h2: { fontSize: 'var(--size-4)', lineHeight: '1.4' },
      h3: { fontSize: 'var(--size-3)', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // The ring of a field with the focus is wider than the library's gap: it would cut into the words above.
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { marginBottom: 4 } } },
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default' },
      // The library's smallest is 22 px high, less than a finger is owed.
      vars: (_theme, { size }) => ({ root: size === 'compact-xs' ? { '--button-height': '24px' } : {} }),
    }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover', size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', withScrollArea: false }, styles: LONG_LIST },
    MultiSelect: { defaultProps: { size: 'xs', withScrollArea: false }, styles: LONG_LIST },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        // The placeholder may not stand in a menu (ARIA); without it the first entry gets the focus, as in native menus.
        withInitialFocusPlaceholder: false,
      },
    },
    Modal: Modal.extend({
      defaultProps: { overlayProps: { backgroundOpacity: 0.3 }, transitionProps: { duration: 100 }, centered: true },
    }),
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.3 }, transitionProps: { duration: 120 } } },
  },
})

/** Hands our tokens to the library's components, so that there is one source of colours. */
export const mantineVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-muted)',
    '--mantine-color-placeholder': 'var(--text-muted)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-error': 'var(--urgent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-button)',
    '--mantine-color-gray-text': 'var(--text-muted)',
    '--mantine-color-gray-light-color': 'var(--text)',
    '--mantine-color-accent-text': 'var(--accent-text)',
    '--mantine-color-accent-light': 'var(--selected)',
    '--mantine-color-accent-light-color': 'var(--accent-text)',
    '--mantine-color-accent-filled': 'var(--accent)',
    '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
    '--mantine-color-red-filled': 'var(--urgent-fill)',
    '--mantine-color-red-filled-hover': 'var(--urgent-fill-hover)',
    '--mantine-shadow-md': 'var(--shadow)',
    '--mantine-shadow-lg': 'var(--shadow)',
  }
  return { variables: { '--mantine-line-height': '1.45' }, light: both, dark: both }
}
