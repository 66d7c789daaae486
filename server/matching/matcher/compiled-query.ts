import type { PreparedPost } from '../prepare.ts'
import type { Query } from '../query.ts'
import { type Check, compile, holds } from './check.ts'
import { PostFeatures } from './post-features.ts'

/** One query asked of many posts, with the answer that evaluate() gives. What a match consists of, only evaluate() says. */
export class CompiledQuery {
  readonly #post = new PostFeatures()
  readonly #check: Check

  constructor(query: Query) {
    this.#check = compile(query, this.#post, [])
  }

  holds(prepared: PreparedPost): boolean {
    this.#post.read(prepared)
    return holds(this.#check, this.#post, prepared)
  }
}
