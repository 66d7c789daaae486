import { TimeAgo } from '../ui/time-ago.tsx'
import { AuthorAvatar, AuthorLine } from './author-line.tsx'
import styles from './post.module.css'
import { PostFacts } from './post-facts.tsx'
import { Thumbnail } from './post-media.tsx'
import { PostText } from './post-text.tsx'
import type { FoundPost, Topic } from './shapes.ts'

/** A post in a list that opens it: nothing inside can be pressed by itself. */
export function PostRow({ post, topics }: { post: FoundPost; topics: ReadonlyMap<string, Topic> }) {
  return (
    <div className={styles.rowCard}>
      <AuthorAvatar author={post.author} />
      <div className={styles.body}>
        <div className={styles.head}>
          <AuthorLine author={post.author} />
          <span className={styles.time}>
            <TimeAgo time={post.publishedAt} />
          </span>
        </div>
        <div className={styles.rowText}>
          <div className={styles.body}>
            <PostText post={post} spans={post.spans} short />
          </div>
          {post.media.length > 0 && !post.deleted && <Thumbnail post={post} index={0} />}
        </div>
        <PostFacts post={post} topics={topics} />
      </div>
    </div>
  )
}
