import { z } from 'zod'
import { postSchema } from './listening-posts.ts'
import { id } from './pages.ts'
import { authorBriefSchema } from './people.ts'
import { procedure } from './procedure.ts'

export const DISCOVERY_PERIODS = ['day', 'week'] as const

/** Fewer verdicts of either kind say nothing about what an exclusion would do. */
export const VERDICTS_MIN = 20

const view = z.object({
  topicId: id.optional().describe('Absent: all posts'),
  period: z
    .enum(DISCOVERY_PERIODS)
    .default('day')
    .describe('The last 24 hours; or today and the six days before, in UTC'),
})
const count = z.number().int().min(0)
const window = { from: z.date(), until: z.date() }
const query = z.string().describe('The term in the listening language')

const share = z.object({ posts: count, of: count })
const exclusionSchema = z.object({
  shown: z.string(),
  query,
  rejected: share.describe('Rejected posts that it takes away'),
  kept: share.describe('Kept posts that it takes away'),
  changed: z.string().describe('The whole query with the exclusion'),
})

const basisSchema = z.object({ kept: count, rejected: count, min: count })

export const discovery = {
  rising: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/discovery/rising',
    summary: 'Words and phrases said more often than at the same weekdays and hours of the weeks before',
    input: view,
    output: z.object({
      ...window,
      posts: count.describe('Of others, in the period'),
      expired: count.describe('Of these posts, those that are gone: rows expired'),
      background: z.object({
        kind: z
          .enum(['same-hours', 'earlier', 'none'])
          .describe(
            'earlier: there are no weeks yet, so all days before; none: too little, so the most frequent words',
          ),
        posts: count,
        expired: count.describe('Of these posts, those that are gone: rows expired'),
      }),
      tooLowMax: count.describe('So many posts may be missing in a count, because rare words are forgotten'),
      lookingBack: z.boolean().describe('Stored posts are still being searched for this topic'),
      items: z.array(
        z.object({
          shown: z.string().describe('As it is written most often'),
          query,
          posts: count,
          expected: z.number().nullable().describe('Posts that the background would let expect'),
          g2: z.number().nullable().describe('Log-likelihood ratio (Dunning 1993); beyond 15.13 not by chance'),
          voices: count.describe('At least so many different authors'),
        }),
      ),
    }),
  }),
  voices: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/discovery/voices',
    summary: 'Who speaks most, and who was heard for the first time',
    input: view,
    output: z.object({
      ...window,
      items: z.array(
        z.object({
          author: authorBriefSchema,
          posts: count,
          followers: z.string().nullable().describe('Whole number as text'),
          firstHeardAt: z.date(),
          isNew: z.boolean().describe('Heard for the first time in the period, by this workspace'),
        }),
      ),
    }),
  }),
  links: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/discovery/links',
    summary: 'Links that several authors shared',
    input: view,
    output: z.object({
      ...window,
      posts: count.describe('Of others, in the period'),
      expired: count.describe('Of these posts, those that are gone: rows expired'),
      items: z.array(
        z.object({ link: z.string().describe('Host and path'), url: z.string(), posts: count, voices: count }),
      ),
    }),
  }),
  talks: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/discovery/talks',
    summary: 'Reply trees with the most voices, and texts that several authors repeat',
    input: view,
    output: z.object({
      ...window,
      items: z.array(
        z.object({
          kind: z.enum(['thread', 'wave']),
          post: postSchema.describe('The root, or the earliest that is stored'),
          posts: count.describe('Stored posts of it, 300 at most'),
          voices: count,
          latestAt: z.date(),
        }),
      ),
    }),
  }),
  suggestions: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}/suggestions',
    summary: 'Changes of a query that verdicts and judgements speak for, each with its measured effect',
    input: z.object({ topicId: id }),
    output: z.object({
      version: z.number().int().describe('Of the topic that was measured'),
      verdicts: basisSchema.describe('Posts that people sorted, the newest of each kind'),
      exclusions: z.array(exclusionSchema).describe('Measured on what people sorted; empty below the minimum'),
      judgements: basisSchema.describe('Posts that nobody sorted and the model judged'),
      judgedExclusions: z.array(exclusionSchema).describe('Measured on what the model judged, which may be wrong'),
      keywords: z.array(
        z.object({
          shown: z.string(),
          query,
          kept: share.describe('Kept posts with it'),
          elsewhere: share.describe('Posts of everything heard in the last seven days with it'),
          brings: count.describe('Stored posts of the last 30 days that hold it and are no mentions yet'),
          atLeast: z.boolean().describe('Counting stopped there'),
          changed: z.string().describe('The whole query with the keyword'),
        }),
      ),
    }),
  }),
}
