/** Soft, and in a storm once in a while. */
const EVERY_MS = 5_000
const HERTZ = 660
const SECONDS = 0.22
const LOUDNESS = 0.05

let played = Number.NEGATIVE_INFINITY
let audio: AudioContext | undefined

/** A short tone, made here: no file, no request. Browsers allow it once somebody has pressed something on the page. */
export function chime(): void {
  if (performance.now() - played < EVERY_MS) return
  played = performance.now()
  audio ??= new AudioContext()
  const tone = audio.createOscillator()
  const loudness = audio.createGain()
  tone.frequency.value = HERTZ
  loudness.gain.setValueAtTime(LOUDNESS, audio.currentTime)
  loudness.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + SECONDS)
  tone.connect(loudness).connect(audio.destination)
  tone.start()
  tone.stop(audio.currentTime + SECONDS)
}
