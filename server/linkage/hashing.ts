/** FNV-1a over UTF-16 units with a final mix; never 0, which stands for "nothing". */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

export const joined = (a: number, b: number): number => mixed(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15))

function mixed(hash: number): number {
  let value = hash
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0 || 1
}
