/** The smaller build has no types of its own: it is the same library without what we do not use. */
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
