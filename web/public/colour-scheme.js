// Runs before the first paint, so that a dark screen never flashes white. The choice is stored by web/platform/theme.ts.
;(() => {
  let choice = null
  try {
    choice = localStorage.getItem('rapport.colour-scheme')
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
