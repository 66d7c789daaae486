import type { Filter, QueryNode } from './query.ts'

/** Writes a query in its plainest form: every AND and every needed bracket. parse(print(q)) means what q means. */
export function print(node: QueryNode): string {
  switch (node.kind) {
    case 'and':
      return node.parts.map((part) => bracketed(part, part.kind === 'or')).join(' AND ')
    case 'or':
      return node.parts.map((part) => bracketed(part, part.kind === 'and')).join(' OR ')
    case 'not':
      return `NOT ${bracketed(node.part, node.part.kind === 'and' || node.part.kind === 'or')}`
    case 'near': {
      const operator = `${node.ordered ? 'ONEAR' : 'NEAR'}/${node.distance}`
      const right = bracketed(node.right, node.right.kind === 'or' || node.right.kind === 'near')
      return `${bracketed(node.left, node.left.kind === 'or')} ${operator} ${right}`
    }
    case 'term':
      return node.style === 'plain' ? node.text : node.style === 'quoted' ? `"${node.text}"` : `{${node.text}}`
    case 'filter':
      return printFilter(node.filter)
  }
}

function bracketed(node: QueryNode, isNeeded: boolean): string {
  return isNeeded ? `(${print(node)})` : print(node)
}

function printFilter(filter: Filter): string {
  const isBare = /^[^\s()"“”„‟«»{}[\]]+$/.test(filter.value)
  return `${filter.field}:${isBare ? filter.value : `"${filter.value}"`}`
}
