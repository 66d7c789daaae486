const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'

/**
 * Plays a playlist of pieces: the browser itself where it can, hls.js where it cannot or fails. Everything is asked of
 * our own server. Returns how to stop; `onBroken` when neither way plays it.
 */
export function playFilm(film: HTMLVideoElement, address: string, onBroken: () => void): () => void {
  let stopped = false
  let stopLibrary = () => {}
  const byLibrary = async () => {
    const { default: Hls } = await import('hls.js/light')
    if (stopped) return
    if (!Hls.isSupported()) return onBroken()
    // Its worker would come from a blob: address, which the page's policy refuses.
    const library = new Hls({ enableWorker: false })
    library.on(Hls.Events.ERROR, (_event, { fatal }) => {
      if (fatal) onBroken()
    })
    library.loadSource(address)
    library.attachMedia(film)
    stopLibrary = () => library.destroy()
  }
  const start = () => void byLibrary().catch(onBroken)
  if (film.canPlayType(PLAYLIST_TYPE) === '') start()
  else {
    film.addEventListener('error', start, { once: true })
    film.src = address
  }
  return () => {
    stopped = true
    film.removeEventListener('error', start)
    stopLibrary()
    film.removeAttribute('src')
    film.load()
  }
}
