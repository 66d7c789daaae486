/** A still picture, upright, with nothing in it but the picture. */
export interface Picture {
  bytes: Uint8Array
  mediaType: string
  width: number
  height: number
}

/**
 * unreadable: no picture, or a broken one · moves: GIF or several frames, of which a network would show one ·
 * too-many-pixels: more than is decoded · took-too-long: longer than a decoder needs for any honest picture ·
 * does-not-fit: the network's limits leave nothing to look at.
 */
export type PictureFault = 'unreadable' | 'moves' | 'too-many-pixels' | 'took-too-long' | 'does-not-fit'

export type PictureOutcome = { ok: true; picture: Picture } | { ok: false; fault: PictureFault }
