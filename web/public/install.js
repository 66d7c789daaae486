// What makes the app installable: its manifest in the reader's language, and the service worker. Runs beside the app, not in it.
;(() => {
  const language = ['de', 'nl'].find((known) => navigator.language.toLowerCase().startsWith(known)) ?? 'en'
  const manifest = document.createElement('link')
  manifest.rel = 'manifest'
  manifest.href = `/manifest.${language}.webmanifest`
  document.head.append(manifest)
  // Browsers have service workers only on https and on the machine itself.
  if (navigator.serviceWorker)
    addEventListener('load', () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {}))
})()
